"""Which hours of a window are kept, and which must be counted call by call."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from datetime import datetime, time, timedelta

from calls.measures.counting import Window
from calls.measures.rules import HOUR
from townline.localtime import starts, wall

# A call is over, written up and told of by then; what comes later is a late fact.
SETTLES_IN = timedelta(hours=3)
# The past is kept a month at a time, the latest first: that is what people ask for.
CHUNK = timedelta(days=31)


@dataclass(frozen=True, slots=True)
class Kept:
    """From when until when hours are kept, and the beginnings of those that are not."""

    since: datetime
    until: datetime
    threshold: int
    late: tuple[datetime, ...] = ()


@dataclass(frozen=True, slots=True)
class Parts:
    """A window in two: together they are all of it, and they have nothing in common."""

    kept: tuple[Window, ...]
    counted: tuple[Window, ...]


def parts(window: Window, kept: Kept | None) -> Parts:
    if kept is None or not _fits(window, kept):
        return Parts((), (window,))
    since, until = max(window.since, kept.since), min(window.until, kept.until)
    if since >= until:
        return Parts((), (window,))
    late = sorted({_hour(at, kept.since) for at in kept.late if since <= at < until})
    return Parts(
        tuple(_between(window, since, until, late)),
        (
            *_stretch(window, window.since, since),
            *(replace(window, since=at, until=at + HOUR) for at in late),
            *_stretch(window, until, window.until),
        ),
    )


def settled(at: datetime, zone: str) -> datetime:
    """The end of the last hour of the town that can be kept at this instant."""
    midnight = starts(datetime.combine(wall(at, zone).date(), time()), zone)
    return _hour(at - SETTLES_IN, midnight)


def is_in_step(since: datetime, grid: datetime) -> bool:
    """Whether both begin at the same minute of an hour."""
    return not (since - grid) % HOUR


def before(kept: datetime, first: datetime) -> datetime:
    """How far back to go next, where the first call of all came in at ``first``."""
    return max(kept - CHUNK, _hour(first, kept))


def hours(late: Iterable[datetime], kept: Kept) -> list[datetime]:
    """Those of the late facts that are kept, each once."""
    within = (at for at in late if kept.since <= at < kept.until)
    return sorted({_hour(at, kept.since) for at in within})


def _fits(window: Window, kept: Kept) -> bool:
    """Its edges are edges of hours, and what was in time is what it asks for."""
    edges = (window.since, window.until)
    in_step = all(is_in_step(each, kept.since) for each in edges)
    return in_step and window.threshold == kept.threshold


def _hour(at: datetime, grid: datetime) -> datetime:
    return grid + (at - grid) // HOUR * HOUR


def _stretch(window: Window, since: datetime, until: datetime) -> Iterator[Window]:
    if since < until:
        yield replace(window, since=since, until=until)


def _between(
    window: Window, since: datetime, until: datetime, late: Iterable[datetime]
) -> Iterator[Window]:
    for at in late:
        yield from _stretch(window, since, at)
        since = at + HOUR
    yield from _stretch(window, since, until)
