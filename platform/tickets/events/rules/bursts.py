"""When so many call about the same that the desk is asked to say it first."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from tickets.duplicates.rules.grid import metres_between

# In Boston's four months of 2011, a city of 617,000 with a hurricane and a snowstorm in
# them, five calls within an hour and 500 metres came once a day; four, twice a day.
ENOUGH = 5
WITHIN = timedelta(hours=1)
AROUND = 500.0


@dataclass(frozen=True, slots=True)
class Heard:
    """A ticket that somebody called about, or called about again, at ``at``."""

    ticket_id: UUID
    category: str
    latitude: float
    longitude: float
    at: datetime


@dataclass(frozen=True, slots=True)
class Burst:
    """``calls`` about one category around ``first``, the ticket it began with."""

    first: Heard
    calls: int


def bursts(heard: Sequence[Heard], *, at: datetime) -> tuple[Burst, ...]:
    """At most one a category and neighbourhood, the greatest first."""
    by_category = defaultdict[str, list[Heard]](list)
    for each in heard:
        if at - WITHIN < each.at <= at:
            by_category[each.category].append(each)
    found = (_greatest(calls) for calls in by_category.values() if len(calls) >= ENOUGH)
    loud = [burst for burst in found if burst.calls >= ENOUGH]
    return tuple(sorted(loud, key=lambda burst: (-burst.calls, burst.first.at)))


def _greatest(calls: Sequence[Heard]) -> Burst:
    around = [[other for other in calls if _near(each, other)] for each in calls]
    most = max(around, key=len)
    return Burst(min(most, key=lambda each: each.at), len(most))


def _near(one: Heard, other: Heard) -> bool:
    away = metres_between(one.latitude, one.longitude, other.latitude, other.longitude)
    return away <= AROUND
