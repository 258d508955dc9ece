"""Texts through Twilio."""

from __future__ import annotations

from collections.abc import Sequence

from notify.channels import Parcel, Sighting
from notify.channels.twilio_client import TwilioAccount, in_time, refusals
from notify.channels.twilio_codes import text_receipt
from notify.channels.twiml import INSIST
from notify.links import MARK
from notify.rules import receipts
from notify.rules.receipts import Receipt

LISTED = 50


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
                    from_=parcel.ours,
                    body=parcel.body,
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
                    from_=parcel.ours,
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


def _sighting(message: object) -> Sighting:
    status = str(getattr(message, "status", ""))
    error = str(getattr(message, "error_code", None) or "")
    known = text_receipt(status, error) or Receipt(receipts.ACCEPTED)
    return Sighting(str(getattr(message, "sid", "")), known)
