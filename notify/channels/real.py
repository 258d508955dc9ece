"""The carriers that the settings name: the same code, whoever answers there."""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import ExitStack, asynccontextmanager

from notify.channels import Carrier, Carriers
from notify.channels.letters import Letters
from notify.channels.sendgrid_mail import SendGridMail
from notify.channels.smtp_mail import SmtpMail
from notify.channels.twilio_client import TwilioAccount
from notify.channels.twilio_sms import TwilioSms
from notify.channels.twilio_voice import TwilioVoice
from notify.rules.routing import Provider
from townline.settings import Settings


@asynccontextmanager
async def open_carriers(settings: Settings) -> AsyncIterator[Carriers]:
    """Connections are opened as they are needed, and closed at the end."""
    account = TwilioAccount(settings.twilio)
    with ExitStack() as closing:
        try:
            yield {
                "sms": TwilioSms(account, public_url=settings.public_url),
                "voice": TwilioVoice(account, public_url=settings.public_url),
                "email": Letters(_mail(settings, closing)),
            }
        finally:
            await account.close()


def _mail(settings: Settings, closing: ExitStack) -> dict[Provider, Carrier]:
    """In the operator's order."""
    found: dict[Provider, Carrier] = {}
    for provider in settings.mail_providers:
        if provider == "sendgrid":
            sendgrid = SendGridMail(settings.sendgrid)
            closing.callback(sendgrid.close)
            found[provider] = sendgrid
        elif settings.smtp:
            found[provider] = SmtpMail(settings.smtp)
    return found
