"""Which code opens what, for how long, and how often it may be tried."""

from __future__ import annotations

import hmac
from dataclasses import dataclass
from datetime import datetime, timedelta
from hashlib import sha256
from typing import Literal
from uuid import UUID

# Somebody has to be asked for it over another line; a quarter of an hour is enough.
LASTS = timedelta(minutes=15)
# Five guesses at six digits: one in two hundred thousand.
TRIES, DIGITS = 5, 6
# So that nobody's telephone is made to ring by mistyping, or on purpose.
CODES, WITHIN = 5, timedelta(hours=1)

Verdict = Literal["right", "wrong", "over"]


@dataclass(frozen=True, slots=True)
class Sent:
    """A code that was sent; ``tries`` are those before this one."""

    id: UUID
    digest: bytes
    expires_at: datetime
    tries: int
    is_used: bool


def digest(code_id: UUID, code: str) -> bytes:
    return sha256(f"{code_id}/{code}".encode()).digest()


def plain(written: str) -> str:
    """The digits, however they were set apart."""
    return "".join(sign for sign in written if sign.isdigit())


def verdict(code: Sent, written: str, *, at: datetime) -> Verdict:
    if code.is_used or code.tries >= TRIES or at >= code.expires_at:
        return "over"
    right = hmac.compare_digest(digest(code.id, plain(written)), code.digest)
    return "right" if right else "wrong"
