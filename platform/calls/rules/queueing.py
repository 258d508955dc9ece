"""In what order those who wait are answered, how long it takes, and what they hear."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import ceil
from statistics import median

# Who waits is answered by this number first, then by how long they have waited.
EMERGENCY, RAISED, NORMAL = 1, 2, 3
# Fewer answers than these say nothing of the next, and nor do those of another hour.
ENOUGH, LATELY = 3, timedelta(hours=1)
# The last of them are nearest to how things are now.
LAST = 20
# Longer than this is no news that helps anybody; the place in line still is.
LONGEST = timedelta(minutes=45)
MINUTE = 60


@dataclass(frozen=True, slots=True)
class Answered:
    """A caller who waited, and when somebody answered."""

    queued_at: datetime
    connected_at: datetime

    @property
    def wait(self) -> timedelta:
        return self.connected_at - self.queued_at


def expected_minutes(
    answered: Sequence[Answered], *, position: int, free: int
) -> int | None:
    """Whole minutes until somebody answers; None when that cannot be known.

    Each answered wait is divided by the place its caller had in line; the middle one
    of these, times the places still ahead, is the wait. Whoever an agent is free for
    needs no number.
    """
    places = position - free
    if places < 1 or len(answered) < ENOUGH:
        return None
    pace = median(_seconds_a_place(each, answered) for each in answered)
    if pace <= 0 or places * pace > LONGEST.total_seconds():
        return None
    return ceil(places * pace / MINUTE)


def is_surge(waiting: int, lately: int, *, most_waiting: int, most_calls: int) -> bool:
    """Too many wait, or too many have rung of late."""
    return waiting >= most_waiting or lately >= most_calls


def is_too_long(waited: timedelta, limit: int | None) -> bool:
    """Whether the town rather takes a message than lets anybody wait on."""
    return limit is not None and waited >= timedelta(seconds=limit)


def _seconds_a_place(one: Answered, answered: Sequence[Answered]) -> float:
    """Of those in line when this caller joined it, they themselves included."""
    ahead = sum(each.queued_at < one.queued_at < each.connected_at for each in answered)
    return one.wait.total_seconds() / (ahead + 1)
