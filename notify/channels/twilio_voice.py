"""Calls through Twilio. What is said comes from our own address, in ``notify.web``."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta

from notify.channels import DeliveryFailed, Parcel, Sighting
from notify.channels.twilio_client import TwilioAccount, in_time, refusals
from notify.channels.twilio_codes import call_receipt
from notify.channels.twiml import INSIST
from notify.rules import receipts
from notify.rules.receipts import Receipt

# Six rings; most mailboxes pick up after five.
RINGS_FOR = 30
# Waits for the end of a mailbox's greeting, so that our words are recorded whole.
DETECTION = "DetectMessageEnd"
LISTED = 20


class TwilioVoice:
    def __init__(self, account: TwilioAccount, *, public_url: str) -> None:
        self._account = account
        self._public_url = public_url

    async def deliver(self, parcel: Parcel) -> str:
        with refusals("voice"):
            async with in_time():
                call = await self._account.client.calls.create_async(
                    to=parcel.theirs,
                    from_=parcel.ours,
                    url=self._hook("relay", parcel),
                    status_callback=self._hook("call-status", parcel),
                    status_callback_event=["ringing", "answered", "completed"],
                    machine_detection=DETECTION,
                    timeout=RINGS_FOR,
                )
        return str(call.sid)

    async def find(self, parcel: Parcel) -> Sequence[Sighting]:
        """Those to that number since the intent; a call carries no token."""
        with refusals("voice"):
            async with in_time():
                listed = await self._account.client.calls.list_async(
                    to=parcel.theirs, from_=parcel.ours, limit=LISTED
                )
        # Twilio's clock has whole seconds.
        since = parcel.intended_at - timedelta(seconds=1)
        return [
            _sighting(each)
            for each in listed
            if each.date_created is None or each.date_created >= since
        ]

    async def look(self, parcel: Parcel) -> Sighting | None:
        with refusals("voice"):
            async with in_time():
                return _sighting(
                    await self._account.client.calls(parcel.sid).fetch_async()
                )

    async def hang_up(self, parcel: Parcel) -> None:
        try:
            with refusals("voice"):
                async with in_time():
                    call = self._account.client.calls(parcel.sid)
                    await call.update_async(status="completed")
        except DeliveryFailed as failure:
            if failure.kind in {"retry", "ambiguous"}:
                raise
            # Any other refusal says that the call is over, which is what we want.

    def _hook(self, noun: str, parcel: Parcel) -> str:
        path = f"/hooks/twilio/{noun}/{parcel.prefix}/{parcel.attempt_id}"
        return f"{self._public_url}{path}{INSIST}"


def _sighting(call: object) -> Sighting:
    status = str(getattr(call, "status", ""))
    answered_by = str(getattr(call, "answered_by", None) or "")
    known = call_receipt(status, answered_by) or Receipt(receipts.ACCEPTED)
    return Sighting(str(getattr(call, "sid", "")), known)
