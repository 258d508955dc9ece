"""The page of who is on call: a week of every roster, and a month of one."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from functools import cached_property
from urllib.parse import urlencode

from portal.town.rosters.asked import Asked
from portal.town.rosters.grid import (
    DAY,
    WEEK,
    Cell,
    DayCell,
    Scale,
    Week,
    cells,
    day_cells,
    scale,
)
from portal.town.rosters.leave import Lane, aways, lanes
from portal.town.rosters.stretches import Stretch, stretches
from tenants.rules import Gap, gaps, staffed
from tenants.town import Roster, Town
from townline import localtime

# Most turns are a week or two: seen whole, wherever a page begins or ends.
AROUND = timedelta(days=31)
# As far as the linter warns of rosters that end.
WATCHED = timedelta(days=14)


@dataclass(frozen=True, slots=True)
class Row:
    """One roster in the week."""

    roster: Roster
    cells: tuple[Cell, ...]


@dataclass(frozen=True, slots=True)
class MonthWeek:
    """One week of a roster's month: its days, who is on call, who is away."""

    days: tuple[DayCell, ...]
    cells: tuple[Cell, ...]
    away: tuple[Lane, ...]


@dataclass(frozen=True, slots=True)
class Hole:
    roster: Roster
    gap: Gap


@dataclass(frozen=True)
class Calendar:
    """What the template calls ``it``."""

    town: Town
    asked: Asked
    at: datetime

    @property
    def today(self) -> date:
        return localtime.wall(self.at, self.town.time_zone).date()

    @cached_property
    def week(self) -> Week:
        return Week.of(self.asked.day, self.town.time_zone)

    @cached_property
    def by(self) -> Scale:
        return scale((self.week, each) for each in self._found.values())

    @property
    def days(self) -> tuple[DayCell, ...]:
        return tuple(day_cells(self.week, self.by))

    @property
    def rows(self) -> Iterator[Row]:
        for roster in self.town.rosters:
            found = self._found[roster.key]
            yield Row(roster, tuple(cells(self.week, found, self.by)))

    @cached_property
    def _found(self) -> dict[str, tuple[Stretch, ...]]:
        since, until = self.week.since - AROUND, self.week.until + AROUND
        return {
            each.key: self._stretches(each, since=since, until=until)
            for each in self.town.rosters
        }

    @cached_property
    def chosen(self) -> Roster | None:
        """The roster of the month: the one that is asked for, or else the first."""
        rosters = self.town.rosters
        asked = (each for each in rosters if each.key == self.asked.roster)
        return next(asked, rosters[0] if rosters else None)

    @cached_property
    def weeks(self) -> tuple[Week, ...]:
        zone, found = self.town.time_zone, []
        day, following = self.asked.month, _next_month(self.asked.month)
        while Week.of(day, zone).monday < following:
            found.append(Week.of(day, zone))
            day += WEEK
        return tuple(found)

    @cached_property
    def month_by(self) -> Scale:
        away = [e for found in self._away.values() for e in found]
        found = (*self._month, *away)
        return scale((week, found) for week in self.weeks)

    @property
    def month(self) -> Iterator[MonthWeek]:
        for week in self.weeks:
            yield MonthWeek(
                tuple(day_cells(week, self.month_by)),
                tuple(cells(week, self._month, self.month_by)),
                tuple(lanes(week, self._away, self.month_by)),
            )

    @property
    def listed(self) -> tuple[Stretch, ...]:
        """The month in sentences, each shift whole."""
        since, until = self.weeks[0].since, self.weeks[-1].until
        return tuple(
            each for each in self._month if each.starts < until and each.ends > since
        )

    @cached_property
    def _month(self) -> tuple[Stretch, ...]:
        if self.chosen is None:
            return ()
        since, until = self.weeks[0].since - AROUND, self.weeks[-1].until + AROUND
        return self._stretches(self.chosen, since=since, until=until)

    @cached_property
    def _away(self) -> Mapping[str, tuple[Stretch, ...]]:
        if self.chosen is None:
            return {}
        since, until = self.weeks[0].since, self.weeks[-1].until
        return aways(self.town, self.chosen, since=since, until=until)

    @cached_property
    def holes(self) -> tuple[Hole, ...]:
        """Nobody on call in the days to come, the first of them first."""
        return tuple(sorted(self._holes(), key=lambda each: each.gap.starts))

    def _holes(self) -> Iterator[Hole]:
        for roster in self.town.rosters:
            for gap in gaps(
                staffed(self.town, roster),
                self.town.time_zone,
                since=self.at,
                until=self.at + WATCHED,
            ):
                yield Hole(roster, gap)

    @property
    def changes(self) -> tuple[datetime, ...]:
        """When clocks are set in the week that is shown."""
        week, zone = self.week, self.town.time_zone
        return tuple(localtime.changes(zone, since=week.since, until=week.until))

    def address(self, **other: str) -> str:
        """The same page with something else chosen."""
        asked = {
            "week": self.week.monday.isoformat(),
            "month": f"{self.asked.month:%Y-%m}",
            "roster": self.chosen.key if self.chosen else "",
        }
        if self.asked.version:
            asked["of"] = self.asked.version
        return "?" + urlencode(asked | other)

    def turned_to(self, *, weeks: int = 0, months: int = 0) -> str:
        """The page before this one, or after it."""
        week = self.week.monday + WEEK * weeks
        # From the middle of a month, four weeks and a half lie in its neighbour.
        month = self.asked.month + DAY * 14 + DAY * 31 * months
        return self.address(week=week.isoformat(), month=f"{month:%Y-%m}")

    def _stretches(
        self, roster: Roster, *, since: datetime, until: datetime
    ) -> tuple[Stretch, ...]:
        manned = staffed(self.town, roster)
        return stretches(manned, self.town.time_zone, since=since, until=until)


def _next_month(first: date) -> date:
    return (first + DAY * 31).replace(day=1)
