"""Whether a callback comes from the carrier that it says it comes from."""

from __future__ import annotations

import binascii
from collections.abc import Mapping

from sendgrid.helpers.eventwebhook import EventWebhook
from twilio.request_validator import RequestValidator


def from_twilio(
    url: str, form: Mapping[str, str], *, signature: str, auth_token: str
) -> bool:
    """``url`` is the public address, as Twilio was given it."""
    validator = RequestValidator(auth_token)  # type: ignore[no-untyped-call]
    genuine: bool = validator.validate(url, dict(form), signature)  # type: ignore[no-untyped-call]
    return genuine


def from_sendgrid(
    body: bytes, *, signature: str, timestamp: str, public_key: str
) -> bool:
    """The raw body was signed with the key that SendGrid shows in its settings."""
    webhook = EventWebhook(public_key)  # type: ignore[no-untyped-call]
    try:
        text = body.decode()
        genuine: bool = webhook.verify_signature(text, signature, timestamp)  # type: ignore[no-untyped-call]
    except (binascii.Error, UnicodeDecodeError):
        return False
    return genuine
