"""Whether a callback comes from the carrier that it says it comes from."""

from __future__ import annotations

import binascii
from collections.abc import Iterable, Mapping

from sendgrid.helpers.eventwebhook import EventWebhook
from twilio.request_validator import RequestValidator


def from_twilio(
    url: str, form: Mapping[str, str], *, signature: str, auth_tokens: Iterable[str]
) -> bool:
    """``url`` is the public address, as Twilio was given it.

    Signed with either token while one is exchanged for the other.
    """
    return any(
        RequestValidator(token).validate(url, dict(form), signature)  # type: ignore[no-untyped-call]
        for token in auth_tokens
    )


def from_sendgrid(
    body: bytes, *, signature: str, timestamp: str, public_keys: Iterable[str]
) -> bool:
    """The raw body was signed with a key that SendGrid shows in its settings."""
    try:
        text = body.decode()
        return any(
            EventWebhook(key).verify_signature(text, signature, timestamp)  # type: ignore[no-untyped-call]
            for key in public_keys
        )
    except (binascii.Error, UnicodeDecodeError):
        return False
