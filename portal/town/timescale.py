"""Where an instant stands on a picture: time at an even pace, but for what is idle.

A ladder is minutes of work, and may wait a night for them. Such a wait is drawn as a
break of one width, so that what happens after it can still be told apart.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise

from townline import localtime
from townline.words import clock, short_date

Gap = tuple[datetime, datetime]
# The picture is 920 units wide, and people's names stand left of the first instant.
LEFT, RIGHT = 184.0, 896.0
BREAK = 112.0
# The shortest time that fills the picture: else a minute would look like a night.
LEAST = timedelta(minutes=10)
IDLE = timedelta(minutes=20)
# As wide as "02:00" with air around it.
APART = 58.0
STEPS = (
    *(timedelta(minutes=minutes) for minutes in (1, 2, 5, 10, 15, 30)),
    *(timedelta(hours=hours) for hours in (1, 2, 3, 6, 12, 24)),
)


@dataclass(frozen=True, slots=True)
class Tick:
    """``day`` is said where it is another than the tick before had."""

    x: float
    clock: str
    day: str = ""


@dataclass(frozen=True, slots=True)
class Stretch:
    """A part of the picture; an idle one stands for more time than its width."""

    starts: datetime
    ends: datetime
    x: float
    width: float
    is_idle: bool = False

    @property
    def length(self) -> timedelta:
        return self.ends - self.starts

    @property
    def middle(self) -> float:
        return round(self.x + self.width / 2, 1)


@dataclass(frozen=True, slots=True)
class Scale:
    stretches: tuple[Stretch, ...]

    @classmethod
    def over(cls, instants: Iterable[datetime]) -> Scale:
        """The same scale for everything that is to be compared."""
        edges = sorted(set(instants))
        gaps = list(pairwise(edges))
        idle = _idle(gaps)
        lived = sum((_length(gap) for gap in gaps if gap not in idle), timedelta())
        # A little air after the last mark, and all there is after a lonely one.
        tail = max(LEAST - lived, lived / 12)
        gaps.append((edges[-1], edges[-1] + tail))
        pace = (RIGHT - LEFT - len(idle) * BREAK) / (lived + tail).total_seconds()
        return cls(tuple(_laid_out(gaps, idle, pace)))

    @property
    def breaks(self) -> tuple[Stretch, ...]:
        return tuple(each for each in self.stretches if each.is_idle)

    def x(self, at: datetime) -> float:
        for each in self.stretches:
            if at <= each.ends:
                share = (at - each.starts) / each.length if each.length else 0.0
                return round(each.x + each.width * max(0.0, share), 1)
        return RIGHT

    def ticks(self, zone: str) -> Iterator[Tick]:
        """Round times of the town's clock, as close as can be read."""
        last, day = LEFT - APART, ""
        for at in self._round_times(zone):
            x = self.x(at)
            if x - last < APART:
                continue
            today = short_date(at, zone)
            yield Tick(x, clock(at, zone), "" if today == day else today)
            last, day = x, today

    def _round_times(self, zone: str) -> Iterator[datetime]:
        yield self.stretches[0].starts
        for each in self.stretches:
            if each.is_idle or not each.length:
                continue
            step = _step(each)
            offset = localtime.wall(each.starts, zone)
            since_midnight = offset - offset.replace(hour=0, minute=0, second=0)
            at = each.starts + (-since_midnight) % step
            while at <= each.ends:
                yield at
                at += step


def _idle(gaps: Iterable[Gap]) -> frozenset[Gap]:
    """The waits beside which everything else would shrink to a point."""
    found = set()
    longest_first = sorted(gaps, key=_length, reverse=True)
    rest = sum(map(_length, longest_first), timedelta())
    for gap in longest_first:
        if _length(gap) <= IDLE or _length(gap) * 2 <= rest:
            break
        found.add(gap)
        rest -= _length(gap)
    return frozenset(found)


def _laid_out(
    gaps: Iterable[Gap], idle: frozenset[Gap], pace: float
) -> Iterator[Stretch]:
    x = LEFT
    for gap in gaps:
        width = BREAK if gap in idle else _length(gap).total_seconds() * pace
        yield Stretch(*gap, x, width, gap in idle)
        x += width


def _length(gap: Gap) -> timedelta:
    return gap[1] - gap[0]


def _step(stretch: Stretch) -> timedelta:
    pace = stretch.width / stretch.length.total_seconds()
    for step in STEPS:
        if step.total_seconds() * pace >= APART:
            return step
    return STEPS[-1]
