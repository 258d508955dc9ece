"""Rosters against a clock on the wall that is watched minute by minute.

I21: materialised rosters equal direct evaluation at every boundary, across all six
kinds of clock change: by an hour, half of one or a day, forwards and back.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import cycle

from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tenants.rules import Gap, Shift, gaps, on_call, shifts
from tenants.rules.rotations import Window
from tenants.town import Absence, Override, Roster, Temporary
from tests.tenants.larkfield import WATER
from townline import localtime

SECOND = timedelta(seconds=1)
PEOPLE = ("ana", "dan", "eve")
# Zones and a day on which each changes its clocks, by an hour, half of one or a day.
ZONES = (
    ("America/Chicago", "2026-03-08"),
    ("America/Chicago", "2026-11-01"),
    ("Australia/Lord_Howe", "2025-10-05"),
    ("Australia/Lord_Howe", "2026-04-05"),
    ("America/Sao_Paulo", "2018-11-04"),
    ("America/Sao_Paulo", "2018-02-17"),
    ("Pacific/Apia", "2011-12-30"),
)


# Minutes from the change of clocks; made once, for making strategies is slow.
minutes = st.integers(-30 * 60, 30 * 60)
windows = st.lists(st.tuples(st.sampled_from(PEOPLE), minutes, minutes), max_size=3)
some = st.lists(st.sampled_from(PEOPLE), min_size=1, max_size=3).map(tuple)
schedules = st.lists(
    st.tuples(minutes, minutes, st.integers(1, 3), some, st.none() | minutes),
    max_size=2,
)
members = st.lists(st.sampled_from(PEOPLE), max_size=4).map(tuple)
lengths, earlier = st.integers(1, 8), st.integers(-1, 60)


@dataclass(frozen=True)
class Near:
    """Windows around a wall time."""

    middle: datetime

    def at(self, number: int) -> datetime:
        return self.middle + timedelta(minutes=number)

    def override(self, contact: str, *ends: int) -> Override:
        starts, stops = map(self.at, sorted(ends))
        return Override(contact=contact, starts=starts, ends=stops)

    def absence(self, contact: str, *ends: int) -> Absence:
        starts, stops = map(self.at, sorted(ends))
        return Absence(contact=contact, starts=starts, ends=stops)

    def temporary(
        self,
        one: int,
        other: int,
        days: int,
        people: tuple[str, ...],
        anchor: int | None,
    ) -> Temporary:
        return Temporary(
            starts=self.at(min(one, other)),
            ends=self.at(max(one, other)),
            days=days,
            members=people,
            anchor=None if anchor is None else self.at(anchor),
        )


@st.composite
def rosters(draw: st.DrawFn, around: datetime) -> Roster:
    """Rosters whose every window begins and ends near ``around``."""
    near, days = Near(around), draw(lengths)
    return Roster(
        key="water",
        name=WATER.name,
        anchor=near.at(draw(minutes)) - timedelta(days=days * draw(earlier)),
        days=days,
        members=draw(members),
        overrides=tuple(near.override(*each) for each in draw(windows)),
        absences=tuple(near.absence(*each) for each in draw(windows)),
        temporary=tuple(near.temporary(*each) for each in draw(schedules)),
    )


@st.composite
def places(draw: st.DrawFn) -> tuple[Roster, str, datetime, datetime]:
    zone, day = draw(st.sampled_from(ZONES))
    noon = datetime.fromisoformat(f"{day}T02:00")
    roster = draw(rosters(noon))
    middle = localtime.starts(noon, zone)
    span = timedelta(hours=draw(st.integers(1, 72)))
    return roster, zone, middle - span, middle + span


@given(place=places())
def test_materialised_shifts_equal_direct_evaluation_at_every_boundary(
    place: tuple[Roster, str, datetime, datetime],
) -> None:
    roster, zone, since, until = place

    found = shifts(roster, zone, since=since, until=until)
    empty = gaps(roster, zone, since=since, until=until)

    stretches: tuple[Gap | Shift, ...] = (*found, *empty)
    edges = {edge for each in stretches for edge in (each.starts, each.ends)}
    for at in {edge + step for edge in edges for step in (-SECOND, 0 * SECOND, SECOND)}:
        if since <= at < until:
            told = {each.contact for each in found if each.starts <= at < each.ends}
            assert told == set(on_call(roster, zone, at=at)), at
            assert any(e.starts <= at < e.ends for e in empty) == (not told), at


@given(place=places(), share=st.floats(0, 0.999))
def test_between_boundaries_nothing_changes(
    place: tuple[Roster, str, datetime, datetime], share: float
) -> None:
    roster, zone, since, until = place
    at = since + (until - since) * share

    found = shifts(roster, zone, since=since, until=until)

    told = {each.contact for each in found if each.starts <= at < each.ends}
    assert told == set(on_call(roster, zone, at=at))


@dataclass(frozen=True)
class Clock:
    """What a clock on the wall shows around an instant, watched minute by minute."""

    most_so_far: datetime
    least_from_now: datetime
    least_after: datetime

    @classmethod
    def watched(cls, at: datetime, zone: str) -> Clock:
        minutes = [timedelta(minutes=each) for each in range(26 * 60)]
        before = [localtime.wall(at - each, zone) for each in minutes]
        after = [localtime.wall(at + each, zone) for each in minutes]
        return cls(max(before), min(after), min(after[1:]))

    def has_begun(self, wall: datetime) -> bool:
        return self.most_so_far >= wall

    def is_over(self, wall: datetime) -> bool:
        return not (self.least_from_now < wall or self.least_after <= wall)

    def within(self, window: Window) -> bool:
        return self.has_begun(window.starts) and not self.is_over(window.ends)

    def well_within(self, window: Window) -> bool:
        return self.is_over(window.starts) and not self.has_begun(window.ends)

    def on_call(self, roster: Roster) -> set[str]:
        away = {e.contact for e in roster.absences if self.well_within(e)}
        present = [e for e in roster.overrides if e.contact not in away]
        instead = {e.contact for e in present if self.within(e)}
        if any(self.well_within(e) for e in present):
            return instead
        return instead | (self.turns(roster) - away)

    def turns(self, roster: Roster) -> set[str]:
        found: set[str] = set()
        for each in roster.temporary:
            if self.within(each):
                anchor = each.anchor or each.starts
                # It has no first turn: it is as if it had always been going on.
                whole = timedelta(days=each.days * len(each.members))
                found |= self.rotation(anchor - 40 * whole, each.days, each.members)
        if any(self.well_within(each) for each in roster.temporary):
            return found
        return found | self.rotation(roster.anchor, roster.days, roster.members)

    def rotation(self, at: datetime, days: int, members: tuple[str, ...]) -> set[str]:
        found, turn = set(), timedelta(days=days)
        for member in cycle(members):
            if not self.has_begun(at):
                break
            if not self.is_over(at + turn):
                found.add(member)
            at += turn
        return found


# Watching a wall for two days takes as long as the machine is busy.
@settings(deadline=None, suppress_health_check=[HealthCheck.too_slow])
@given(place=places(), share=st.floats(0, 0.999))
def test_on_call_agrees_with_a_clock_on_the_wall(
    place: tuple[Roster, str, datetime, datetime], share: float
) -> None:
    roster, zone, since, until = place
    at = (since + (until - since) * share).replace(second=0, microsecond=0)

    expected = Clock.watched(at, zone).on_call(roster)

    assert set(on_call(roster, zone, at=at)) == expected
