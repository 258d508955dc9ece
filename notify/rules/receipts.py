"""Receipts fold by rank: their order and their repetition do not matter."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Final

INTENDED: Final = "intended"
AMBIGUOUS: Final = "ambiguous"
NOT_SENT: Final = "not_sent"
REFUSED: Final = "refused"
ACCEPTED: Final = "accepted"
VOICEMAIL: Final = "voicemail"

# The higher one is the truth. What we only suppose ranks below all that a carrier
# has said, so that a late word from it adopts what was given up. A call that was
# completed with a machine stays a machine's.
RANKS: Final = {
    INTENDED: 0,
    AMBIGUOUS: 2,
    NOT_SENT: 4,
    REFUSED: 6,
    ACCEPTED: 10,
    "queued": 20,
    "sending": 30,
    "ringing": 35,
    "sent": 40,
    "picked_up": 45,
    "canceled": 60,
    "no_answer": 61,
    "busy": 62,
    "undelivered": 63,
    "failed": 64,
    "completed": 66,
    VOICEMAIL: 68,
    "delivered": 70,
    "read": 80,
}
LOST: Final = frozenset(
    {"canceled", "no_answer", "busy", "undelivered", "failed", VOICEMAIL}
)
FINAL: Final = LOST | {"completed", "delivered", "read"}

# The carriers' words for what RANKS calls otherwise.
CALL_WORDS: Final = {
    "initiated": "sending",
    "in-progress": "picked_up",
    "answered": "picked_up",
    "no-answer": "no_answer",
}
MAIL_WORDS: Final = {
    "processed": "queued",
    "deferred": "sending",
    "bounce": "undelivered",
    "blocked": "undelivered",
    "dropped": "failed",
    "open": "read",
    "click": "read",
}


@dataclass(frozen=True, slots=True)
class Receipt:
    """What is known of an attempt; ``error`` is the carrier's code for a failure."""

    status: str
    error: str = ""

    @property
    def rank(self) -> int:
        return RANKS[self.status]

    @property
    def is_final(self) -> bool:
        return self.status in FINAL

    @property
    def is_lost(self) -> bool:
        return self.status in LOST


def fold(one: Receipt, other: Receipt) -> Receipt:
    """Keep the receipt that tells more: commutative, associative, idempotent."""
    return max(one, other, key=lambda each: (each.rank, each.error))


def heard(word: str, words: dict[str, str], error: str = "") -> Receipt | None:
    """A carrier's word as a receipt; None for one that says nothing about arrival."""
    status = words.get(word, word)
    return Receipt(status, error) if status in RANKS else None
