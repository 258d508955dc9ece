"""Twilio's words for what became of a message or a call."""

from __future__ import annotations

from notify.rules import receipts
from notify.rules.receipts import Receipt, heard


def text_receipt(status: str, error: str) -> Receipt | None:
    return heard(status, {}, error)


def call_receipt(status: str, answered_by: str = "") -> Receipt | None:
    """A call that a machine took stays a machine's, however it ended."""
    if is_machine(answered_by) and status in {"in-progress", "answered", "completed"}:
        return Receipt(receipts.VOICEMAIL)
    return heard(status, receipts.CALL_WORDS)


def is_machine(answered_by: str) -> bool:
    """When Twilio cannot tell, it is taken for a person: only a key press counts."""
    return answered_by.startswith("machine") or answered_by == "fax"
