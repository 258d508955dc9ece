"""Letters through a plain SMTP server: the other provider, or a town's own."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import timedelta
from email.message import EmailMessage
from email.utils import formataddr

import aiosmtplib

from notify.channels import DeliveryFailed, Parcel, Sighting
from notify.channels.errors import kind_of
from notify.channels.letters import reply_address
from notify.rules.outcomes import ANSWER_WITHIN
from townline.settings import Smtp

# A server that is not there is known to be before the whole conversation has to end.
STEP_WITHIN = ANSWER_WITHIN * 0.6


class SmtpMail:
    def __init__(self, server: Smtp, *, within: timedelta = ANSWER_WITHIN) -> None:
        """``within`` is for the conversation, not for each of its steps: together
        they could outlast the letter's lease."""
        self._server = server
        self._within = within.total_seconds()

    async def deliver(self, parcel: Parcel) -> str:
        message = _message(parcel)
        try:
            async with asyncio.timeout(self._within):
                await self._send(message)
        except aiosmtplib.SMTPException as refusal:
            raise _classified(refusal) from refusal
        except TimeoutError as late:
            raise DeliveryFailed("ambiguous", "TimeoutError") from late
        return str(message["Message-ID"])

    async def _send(self, message: EmailMessage) -> None:
        await aiosmtplib.send(
            message,
            hostname=self._server.host,
            port=self._server.port,
            username=self._server.username or None,
            password=self._server.password or None,
            use_tls=self._server.security == "tls",
            start_tls=self._server.security == "starttls",
            timeout=STEP_WITHIN.total_seconds(),
        )

    async def find(self, parcel: Parcel) -> Sequence[Sighting]:
        """SMTP lists nothing."""
        return ()

    async def look(self, parcel: Parcel) -> Sighting | None:
        return None

    async def hang_up(self, parcel: Parcel) -> None:
        """A letter cannot be called back."""


def _message(parcel: Parcel) -> EmailMessage:
    message = EmailMessage()
    message["From"] = formataddr((parcel.sender_name, parcel.ours))
    message["To"] = parcel.theirs
    message["Subject"] = parcel.subject
    message["Reply-To"] = reply_address(parcel)
    # A server that sees it twice may drop the second; a mailbox shows it once.
    domain = parcel.ours.rpartition("@")[2]
    message["Message-ID"] = f"<{parcel.attempt_id}@{domain}>"
    message["Auto-Submitted"] = "auto-generated"
    message.set_content(parcel.body)
    message.add_alternative(parcel.html, subtype="html")
    return message


def _classified(refusal: aiosmtplib.SMTPException) -> DeliveryFailed:
    if isinstance(
        refusal, aiosmtplib.SMTPConnectError | aiosmtplib.SMTPConnectTimeoutError
    ):
        return DeliveryFailed("other_sender", "unreachable")
    code = _code(refusal)
    if code is None:
        # The line went dead: the letter may have been taken before it did.
        return DeliveryFailed("ambiguous", type(refusal).__name__)
    return DeliveryFailed(kind_of("email", str(code)), str(code))


def _code(refusal: aiosmtplib.SMTPException) -> int | None:
    if isinstance(refusal, aiosmtplib.SMTPRecipientsRefused):
        return refusal.recipients[0].code
    if isinstance(refusal, aiosmtplib.SMTPResponseException):
        return refusal.code
    return None
