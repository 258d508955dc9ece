"""Reply codes: two digits while there are any, then three; four on a crowded phone."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime, timedelta

# A late answer is answered for what it was; nobody answers a text after a week.
RESTS = timedelta(days=7)
# Somebody who reads one aloud, or dials one, must not call for help by mistake.
NEVER = frozenset({"911", "112", "988"})


def candidates() -> Iterator[str]:
    """All codes; those that follow each other differ in both digits.

    37, 371 and 3701 share no factor with 90, 900 and 9000, so that each step meets
    every code once. Four digits are longer to type than anybody likes; a ticket
    without a code could not be taken by a text at all.
    """
    yield from (str(10 + (31 + turn * 37) % 90) for turn in range(90))
    every = (str(100 + (turn * 371) % 900) for turn in range(900))
    yield from (code for code in every if code not in NEVER)
    yield from (str(1000 + (turn * 3701) % 9000) for turn in range(9000))


def next_code(taken: Collection[str]) -> str | None:
    """The first code that is not taken; None when all 9,987 are."""
    return next((code for code in _ALL if code not in taken), None)


def may_be_taken(retired_at: datetime | None, *, at: datetime) -> bool:
    return retired_at is not None and retired_at + RESTS <= at


_ALL = tuple(candidates())
