"""The carriers that the settings name: the same code, whoever answers there."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from notify.channels import Carriers
from notify.channels.sendgrid_mail import SendGridMail
from notify.channels.twilio_client import TwilioAccount
from notify.channels.twilio_sms import TwilioSms
from notify.channels.twilio_voice import TwilioVoice
from townline.settings import Settings


@asynccontextmanager
async def open_carriers(settings: Settings) -> AsyncIterator[Carriers]:
    """Connections are opened as they are needed, and closed at the end."""
    account, mail = TwilioAccount(settings.twilio), SendGridMail(settings.sendgrid)
    try:
        yield {
            "sms": TwilioSms(account, public_url=settings.public_url),
            "voice": TwilioVoice(account, public_url=settings.public_url),
            "email": mail,
        }
    finally:
        await account.close()
        mail.close()
