"""SendGrid's events: what they say of a letter."""

from __future__ import annotations

from notify.rules import receipts
from notify.rules.receipts import Receipt, heard

UNSUBSCRIBES = frozenset({"unsubscribe", "group_unsubscribe", "spamreport"})


def receipt(event: str) -> Receipt | None:
    """None for what says nothing about the arrival."""
    error = event if event in {"bounce", "blocked", "dropped"} else ""
    return heard(event, receipts.MAIL_WORDS, error)
