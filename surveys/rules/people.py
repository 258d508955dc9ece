"""Who is told, who is asked, and whose answer asks for a call."""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import sha256
from typing import Literal
from uuid import UUID

# A page of handwriting; whoever writes more is better called.
COMMENT_LIMIT = 2_000
# Of five; 3 is "neither well nor badly".
BAD_SCORE = 2
HUNDRED = 100


@dataclass(frozen=True, slots=True)
class Reach:
    """The one channel a reporter is written to."""

    channel: Literal["sms", "email"]
    destination: str


def reach(tell_by: str, *, phone: str | None, email: str | None) -> Reach | None:
    """The channel the reporter chose, else what else they left; None when unwished."""
    if tell_by == "none":
        return None
    text = Reach("sms", phone) if phone else None
    mail = Reach("email", email) if email else None
    return (mail or text) if tell_by == "email" else (text or mail)


def sampled(ticket_id: UUID, *, percent: int) -> bool:
    """The same ticket always falls on the same side, whoever asks and how often."""
    drawn = int.from_bytes(sha256(ticket_id.bytes).digest()[:8])
    return drawn % HUNDRED < percent


def wants_a_survey(reason: str) -> bool:
    """A duplicate's reporter is asked about the ticket that was worked on."""
    return reason != "duplicate"


def is_bad(solved: str, *, score: int) -> bool:
    return solved == "no" or score <= BAD_SCORE


def comment(written: str) -> str:
    """What can be kept of what was typed: no control characters, no broken ones."""
    readable = written.encode("utf-8", "ignore").decode()
    kept = "".join(char for char in readable if char.isprintable() or char == "\n")
    return kept.strip()[:COMMENT_LIMIT]
