"""Reply codes: two digits while there are any, three after that."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime, timedelta

# A late answer is answered for what it was; nobody answers a text after a week.
RESTS = timedelta(days=7)
# Somebody who reads one aloud, or dials one, must not call for help by mistake.
NEVER = frozenset({"911", "112", "988"})


def candidates() -> Iterator[str]:
    """All codes; those that follow each other differ in both digits.

    37 and 371 share no factor with 90 and 900, so each step meets every code once.
    """
    yield from (str(10 + (31 + turn * 37) % 90) for turn in range(90))
    every = (str(100 + (turn * 371) % 900) for turn in range(900))
    yield from (code for code in every if code not in NEVER)


def next_code(taken: Collection[str]) -> str | None:
    """The first code that is not taken; None when all 987 are."""
    return next((code for code in candidates() if code not in taken), None)


def may_be_taken(retired_at: datetime | None, *, at: datetime) -> bool:
    return retired_at is not None and retired_at + RESTS <= at
