"""SendGrid's events: whose they are, what they say, and whether SendGrid sent them."""

from __future__ import annotations

import binascii

from cryptography.exceptions import UnsupportedAlgorithm
from sendgrid.helpers.eventwebhook import EventWebhook

from notify.rules import receipts
from notify.rules.receipts import Receipt, heard

UNSUBSCRIBES = frozenset({"unsubscribe", "group_unsubscribe", "spamreport"})


def receipt(event: str) -> Receipt | None:
    """None for what says nothing about the arrival."""
    error = event if event in {"bounce", "blocked", "dropped"} else ""
    return heard(event, receipts.MAIL_WORDS, error)


def genuine(body: bytes, *, signature: str, timestamp: str, public_key: str) -> bool:
    """Whether the raw body was signed with the key that SendGrid shows us."""
    webhook = EventWebhook(public_key)  # type: ignore[no-untyped-call]
    try:
        text = body.decode()
        verified: bool = webhook.verify_signature(text, signature, timestamp)  # type: ignore[no-untyped-call]
    except (binascii.Error, UnicodeDecodeError, UnsupportedAlgorithm):
        return False
    return verified
