"""Texts through Twilio, from a number or through a Messaging Service."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from twilio.base import values
from twilio.rest.lookups.v2.phone_number import PhoneNumberInstance

from notify.channels import DeliveryFailed, Parcel, Sighting
from notify.channels.twilio_client import TwilioAccount, in_time, refusals
from notify.channels.twilio_codes import text_receipt
from notify.channels.twiml import INSIST
from notify.links import MARK
from notify.rules import receipts
from notify.rules.receipts import Receipt

LISTED = 50
NO_SUCH_NUMBER = "20404"


class TwilioSms:
    def __init__(self, account: TwilioAccount, *, public_url: str) -> None:
        self._account = account
        self._public_url = public_url

    async def deliver(self, parcel: Parcel) -> str:
        hooks = f"{self._public_url}/hooks/twilio/message-status"
        with refusals("sms"):
            async with in_time():
                message = await self._account.client.messages.create_async(
                    to=parcel.theirs,
                    body=parcel.body,
                    from_=values.unset if _is_service(parcel) else parcel.ours,
                    messaging_service_sid=(
                        parcel.ours if _is_service(parcel) else values.unset
                    ),
                    status_callback=(
                        f"{hooks}/{parcel.prefix}/{parcel.attempt_id}{INSIST}"
                    ),
                )
        return str(message.sid)

    async def find(self, parcel: Parcel) -> Sequence[Sighting]:
        """Those to that number whose words carry the attempt's token."""
        with refusals("sms"):
            async with in_time():
                listed = await self._account.client.messages.list_async(
                    to=parcel.theirs,
                    # Which of its numbers a service took is known to Twilio alone.
                    from_=values.unset if _is_service(parcel) else parcel.ours,
                    limit=LISTED,
                )
        mark = parcel.token[:MARK]
        return [_sighting(each) for each in listed if mark in (each.body or "")]

    async def look(self, parcel: Parcel) -> Sighting | None:
        with refusals("sms"):
            async with in_time():
                message = self._account.client.messages(parcel.sid)
                return _sighting(await message.fetch_async())

    async def hang_up(self, parcel: Parcel) -> None:
        """A text cannot be called back."""

    async def line_type(self, number: str) -> str:
        try:
            with refusals("sms"):
                async with in_time():
                    found = await self._account.client.lookups.v2.phone_numbers(
                        number
                    ).fetch_async(fields="line_type_intelligence")
        except DeliveryFailed as failure:
            if failure.code == NO_SUCH_NUMBER:
                return "invalid"
            raise
        return _line_type(found) if found.valid else "invalid"


def _is_service(parcel: Parcel) -> bool:
    return parcel.ours.startswith("MG")


def _line_type(found: PhoneNumberInstance) -> str:
    # The SDK's own type for it is a str: what comes is a table.
    known: Any = found.line_type_intelligence or {}
    return str(known.get("type") or "unknown")


def _sighting(message: object) -> Sighting:
    status = str(getattr(message, "status", ""))
    error = str(getattr(message, "error_code", None) or "")
    known = text_receipt(status, error) or Receipt(receipts.ACCEPTED)
    return Sighting(str(getattr(message, "sid", "")), known)
