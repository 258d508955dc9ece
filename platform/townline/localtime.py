"""The one place where a town's wall time meets UTC.

Python's own arithmetic is wrong here: adding hours to an aware local time moves its
wall clock, and subtracting two local times of one zone gives the wall's difference.
Everything else in the product counts on UTC instants, and comes here to change.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

SECOND, DAY = timedelta(seconds=1), timedelta(days=1)
# Walls that are remembered: a town's windows of a quarter, asked for again and again.
REMEMBERED = 16_384


@lru_cache(maxsize=REMEMBERED)
def instants(wall: datetime, zone: str) -> tuple[datetime, datetime]:
    """The first and the last instant at which clocks in ``zone`` show ``wall``.

    They differ only while clocks are set back. A time that clocks skip is taken for
    the first instant after the gap.
    """
    tz = ZoneInfo(zone)
    first, last = (
        wall.replace(tzinfo=tz, fold=fold).astimezone(UTC) for fold in (0, 1)
    )
    # Inside a gap the two readings come in the wrong order, one on each side of it.
    if last < first:
        change = _change_between(last, first, tz)
        return change, change
    return first, last


def starts(wall: datetime, zone: str) -> datetime:
    """When a window that starts at ``wall`` starts: overlap, never a gap."""
    return instants(wall, zone)[0]


def ends(wall: datetime, zone: str) -> datetime:
    """When a window that ends at ``wall`` ends: overlap, never a gap."""
    return instants(wall, zone)[1]


def wall(at: datetime, zone: str) -> datetime:
    """What clocks in ``zone`` show at an instant."""
    return at.astimezone(ZoneInfo(zone)).replace(tzinfo=None)


def changes(zone: str, *, since: datetime, until: datetime) -> Iterator[datetime]:
    """The instants at which clocks in ``zone`` are set forward or back."""
    tz = ZoneInfo(zone)
    before = since
    while before < until:
        after = min(before + DAY, until)
        if before.astimezone(tz).utcoffset() != after.astimezone(tz).utcoffset():
            yield _change_between(before, after, tz)
        before = after


def _change_between(before: datetime, after: datetime, tz: ZoneInfo) -> datetime:
    """The second in which the offset changes; changes fall on whole seconds."""
    before, after = before.replace(microsecond=0), after.replace(microsecond=0)
    old = before.astimezone(tz).utcoffset()
    while after - before > SECOND:
        middle = before + (after - before) // SECOND // 2 * SECOND
        if middle.astimezone(tz).utcoffset() == old:
            before = middle
        else:
            after = middle
    return after
