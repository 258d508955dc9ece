"""The days ahead, cut at every instant at which an answer may change.

Between two neighbours nothing changes: who is on call, whether the town hall is open,
which policy holds. So what is asked at each of them has been asked at every instant.
"""

from __future__ import annotations

from bisect import bisect_left, bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import pairwise

from tenants.rules.occasions import unmet
from tenants.rules.opening import DAY, status, windows
from tenants.rules.policies import choose_policy
from tenants.rules.rosters import gaps, shifts, staffed
from tenants.rules.targets import resolve
from tenants.town import Category, Contact, Policy, Town
from townline import localtime

# Holidays, vacations and the next change of clocks are known this long before.
AHEAD = timedelta(days=90)
LEVELS = range(1, 6)
Cut = tuple[datetime, datetime]


@dataclass(frozen=True, slots=True)
class Group:
    """Categories that no policy tells apart; the first stands for all of them."""

    categories: tuple[Category, ...]
    department: str

    @property
    def category(self) -> Category:
        return self.categories[0]


@dataclass(frozen=True, slots=True)
class Reign:
    """A policy at work for a group and level, in all the stretches in which it is."""

    policy: Policy
    group: Group
    level: int
    cuts: tuple[Cut, ...]


@dataclass(slots=True)
class Horizon:
    town: Town
    since: datetime
    until: datetime
    _people: list[datetime] = field(default_factory=list)
    _changes: list[datetime] = field(default_factory=list)
    _found: dict[tuple[str, str, int], tuple[Contact, ...]] = field(
        default_factory=dict
    )

    @classmethod
    def of(cls, town: Town, *, at: datetime, ahead: timedelta = AHEAD) -> Horizon:
        horizon = cls(town, at, at + ahead)
        horizon._people = sorted({at, *_changes_of_people(town, at, at + ahead)})
        return horizon

    def meant(self, target: str, department: str, at: datetime) -> tuple[Contact, ...]:
        """``resolve``, asked once for each stretch in which people do not change."""
        number = bisect_right(self._people, at) - 1
        key = (target, department, number)
        if key not in self._found:
            instant = self._people[number]
            self._found[key] = resolve(
                self.town, target, department=department, at=instant
            )
        return self._found[key]

    def called(
        self, targets: tuple[str, ...], department: str, at: datetime
    ) -> tuple[Contact, ...]:
        """Everybody meant by any of the targets, once."""
        found = {
            contact.key: contact
            for target in targets
            for contact in self.meant(target, department, at)
        }
        return tuple(found.values())

    def cut(self, stretch: Cut) -> Iterator[Cut]:
        """The parts of a stretch in which the same people are there."""
        starts, ends = stretch
        edges = [starts, *_between(self._people, starts, ends), ends]
        yield from pairwise(edges)

    def instants(self, reign: Reign) -> Iterator[datetime]:
        """Each at which what a policy in force does may begin to be different."""
        for starts, ends in reign.cuts:
            people = (cut[0] for cut in self.cut((starts, ends)))
            if reign.policy.quiet:
                inside = _between(self._changes, starts, ends)
                yield from sorted({*people, *inside})
            else:
                yield from people

    def reigns(self) -> list[Reign]:
        """Each policy that holds for some group and level, and when it does."""
        found: dict[tuple[str, str, str, int], list[Cut]] = {}
        parts: dict[tuple[str, str, str, int], tuple[Policy, Group]] = {}
        times = list(self._times())
        for group in groups(self.town):
            for level in LEVELS:
                known: dict[tuple[bool, ...], Policy] = {}
                for mask, cut in times:
                    if mask not in known:
                        known[mask] = choose_policy(
                            self.town, group.category, level=level, at=cut[0]
                        ).policy
                    policy = known[mask]
                    key = (policy.key, group.department, group.category.key, level)
                    parts[key] = (policy, group)
                    _prolong(found.setdefault(key, []), cut)
        return [
            Reign(*parts[key], level=key[3], cuts=tuple(cuts))
            for key, cuts in found.items()
        ]

    def _times(self) -> Iterator[tuple[tuple[bool, ...], Cut]]:
        """Which policies the clock and the calendar let hold, stretch by stretch."""
        self._changes = sorted({self.since, *self._changes_of_time()})
        edges = [*self._changes, self.until]
        for starts, ends in pairwise(edges):
            is_open = status(self.town, at=starts).state == "open"
            mask = tuple(
                unmet(self.town, each, is_open=is_open, at=starts) is None
                for each in self.town.policies
            )
            yield mask, (starts, ends)

    def _changes_of_time(self) -> Iterator[datetime]:
        days = [*self._days()]
        zone = self.town.time_zone
        instants = {
            instant
            for day in days
            for wall in {time(), *_wall_times(self.town)}
            for instant in localtime.instants(datetime.combine(day, wall), zone)
        }
        for window in windows(self.town, days):
            instants |= {window.opens, window.closes}
        yield from (at for at in instants if self.since < at < self.until)

    def _days(self) -> Iterator[date]:
        day = localtime.wall(self.since, self.town.time_zone).date() - DAY
        last = localtime.wall(self.until, self.town.time_zone).date()
        while day <= last:
            yield day
            day += DAY


def _between(
    instants: list[datetime], starts: datetime, ends: datetime
) -> list[datetime]:
    return instants[bisect_right(instants, starts) : bisect_left(instants, ends)]


def groups(town: Town) -> tuple[Group, ...]:
    """One for each department, and for each category that a policy names."""
    named = {key for policy in town.policies for key in policy.categories}
    found: dict[str, list[Category]] = {}
    for category in town.categories:
        key = category.key if category.key in named else f"/{category.department}"
        found.setdefault(key, []).append(category)
    return tuple(Group(tuple(each), each[0].department) for each in found.values())


def _wall_times(town: Town) -> set[time]:
    """Every wall time at which some policy begins or ends to hold something."""
    spans = {
        at
        for policy in town.policies
        for span in policy.times
        for at in (span.starts, span.ends)
    }
    quiet = [policy.quiet for policy in town.policies if policy.quiet]
    return spans.union(at for each in quiet for at in (each.starts, each.ends))


def _changes_of_people(
    town: Town, since: datetime, until: datetime
) -> Iterator[datetime]:
    zone = town.time_zone
    for roster in town.rosters:
        manned = staffed(town, roster)
        for shift in shifts(manned, zone, since=since, until=until):
            yield from (shift.starts, shift.ends)
        for gap in gaps(manned, zone, since=since, until=until):
            yield from (gap.starts, gap.ends)
    away = (each for contact in town.contacts for each in contact.vacations)
    walls = (wall for each in away for wall in (each.starts, each.ends))
    instants = (at for wall in walls for at in localtime.instants(wall, zone))
    yield from (at for at in instants if since < at < until)


def _prolong(cuts: list[Cut], cut: Cut) -> None:
    if cuts and cuts[-1][1] == cut[0]:
        cuts[-1] = (cuts[-1][0], cut[1])
    else:
        cuts.append(cut)
