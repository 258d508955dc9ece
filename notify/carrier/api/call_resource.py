"""A call as Twilio's interface writes it."""

from __future__ import annotations

from msgspec import Struct, field

from notify.carrier.api.lists import Page
from notify.carrier.clock import rfc2822
from notify.carrier.numbering import national
from notify.carrier.voice.calls import Call

API_VERSION = "2010-04-01"
SUBRESOURCES = (
    "events",
    "notifications",
    "payments",
    "recordings",
    "siprec",
    "streams",
    "transcriptions",
    "user_defined_message_subscriptions",
    "user_defined_messages",
)


class CallResource(Struct, kw_only=True):
    account_sid: str
    annotation: str | None = None
    answered_by: str | None
    api_version: str
    caller_name: str | None = None
    date_created: str | None
    date_updated: str | None
    direction: str
    duration: str | None
    end_time: str | None
    forwarded_from: str | None = None
    sender: str = field(name="from")
    from_formatted: str
    group_sid: str | None = None
    parent_call_sid: str | None
    phone_number_sid: str | None = None
    price: str | None
    price_unit: str
    queue_time: str
    sid: str
    start_time: str | None
    status: str
    stir_verstat: str | None = None
    subresource_uris: dict[str, str]
    to: str
    to_formatted: str
    trunk_sid: str | None = None
    uri: str

    @classmethod
    def of(cls, call: Call, account_sid: str) -> CallResource:
        uri = f"/{API_VERSION}/Accounts/{account_sid}/Calls/{call.sid}"
        detected = call.answered_by if call.instructions.machine_detection else ""
        completed = call.status == "completed"
        return cls(
            account_sid=account_sid,
            answered_by=detected or None,
            api_version=API_VERSION,
            date_created=rfc2822(call.created),
            date_updated=rfc2822(call.updated),
            direction=call.direction,
            duration=str(call.seconds) if call.is_over else None,
            end_time=rfc2822(call.ended),
            sender=call.sender,
            from_formatted=national(call.sender),
            parent_call_sid=call.parent_sid,
            price="-0.01400" if completed else None,
            price_unit="USD",
            queue_time="0",
            sid=call.sid,
            start_time=rfc2822(call.started),
            status=call.status,
            subresource_uris={
                name: f"{uri}/{_camel(name)}.json" for name in SUBRESOURCES
            },
            to=call.to,
            to_formatted=national(call.to),
            uri=f"{uri}.json",
        )


class CallPage(Page, kw_only=True):
    calls: list[CallResource]


def _camel(name: str) -> str:
    return name.title().replace("_", "")
