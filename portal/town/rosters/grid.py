"""Time as columns of a table: nothing that lasts at all is too short to be drawn.

Cells span whole columns, so that the table reads in order without any style. A column
is four hours where nothing happens, and less where something begins or ends.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import accumulate, pairwise

from portal.town.rosters.stretches import Stretch, between
from townline import localtime

DAY, WEEK = timedelta(days=1), timedelta(days=7)
# Six a day: 7:00 and 8:00, when shifts change, then fall at a third of it.
COLUMN = timedelta(hours=4)
# A name needs a quarter of a day; a shorter end of a shift goes without.
LEGIBLE = timedelta(hours=12)


@dataclass(frozen=True, slots=True)
class Week:
    """Seven days from a Monday, of a town's own."""

    monday: date
    zone: str

    @classmethod
    def of(cls, day: date, zone: str) -> Week:
        return cls(day - DAY * day.weekday(), zone)

    @property
    def days(self) -> tuple[date, ...]:
        return tuple(self.monday + DAY * number for number in range(7))

    @property
    def since(self) -> datetime:
        return midnight(self.monday, self.zone)

    @property
    def until(self) -> datetime:
        return midnight(self.monday + WEEK, self.zone)

    def part(self, stretch: Stretch) -> Stretch:
        return stretch.cut(since=self.since, until=self.until)


@dataclass(frozen=True, slots=True)
class Scale:
    """How many columns lie before each edge, counted from the week's beginning."""

    places: dict[timedelta, int]

    @classmethod
    def of(cls, edges: Iterable[timedelta]) -> Scale:
        ordered = sorted(set(edges))
        widths = (
            max(1, round((last - first) / COLUMN)) for first, last in pairwise(ordered)
        )
        return cls(dict(zip(ordered, accumulate(widths, initial=0), strict=True)))

    @property
    def columns(self) -> int:
        return max(self.places.values())

    def span(self, week: Week, starts: datetime, ends: datetime) -> int:
        """What ends with its week ends with the table: a week may have 167 hours."""
        is_last = ends == week.until
        last = self.columns if is_last else self.places[ends - week.since]
        return last - self.places[starts - week.since]


@dataclass(frozen=True, slots=True)
class DayCell:
    day: date
    span: int


@dataclass(frozen=True, slots=True)
class Cell:
    """A part of a stretch in one row; ``stretch`` is the whole of it.

    A shift's short end in another week keeps its name for those who cannot see it.
    """

    stretch: Stretch
    part: Stretch
    span: int

    @property
    def is_tail(self) -> bool:
        whole = self.stretch
        is_cut = self.part.starts > whole.starts or self.part.ends < whole.ends
        return is_cut and self.part.ends - self.part.starts < LEGIBLE


def midnight(day: date, zone: str) -> datetime:
    return localtime.starts(datetime.combine(day, time()), zone)


def scale(rows: Iterable[tuple[Week, Iterable[Stretch]]]) -> Scale:
    """One for all rows: every midnight, and wherever something begins or ends."""
    edges: set[timedelta] = set()
    for week, found in rows:
        parts = between(tuple(found), since=week.since, until=week.until)
        instants = {edge for each in parts for edge in (each.starts, each.ends)}
        midnights = {midnight(day, week.zone) for day in week.days}
        instants |= midnights | {week.since, week.until}
        edges.update(at - week.since for at in instants)
    return Scale.of(edges)


def day_cells(week: Week, by: Scale) -> Iterator[DayCell]:
    """A day that a zone has skipped has no cell."""
    for day in week.days:
        starts, ends = midnight(day, week.zone), midnight(day + DAY, week.zone)
        if starts < ends:
            yield DayCell(day, by.span(week, starts, ends))


def cells(week: Week, found: Iterable[Stretch], by: Scale) -> Iterator[Cell]:
    """A row: the stretches of one week, one after the other."""
    for each in found:
        if each.starts < week.until and each.ends > week.since:
            part = week.part(each)
            yield Cell(each, part, by.span(week, part.starts, part.ends))
