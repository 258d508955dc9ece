from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import cycle

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tenants.rules import Gap, Shift, gaps, on_call, shifts
from tenants.town import Absence, Override, Roster
from tests.tenants.larkfield import WATER, utc
from townline import localtime

CHICAGO = "America/Chicago"
SECOND = timedelta(seconds=1)
PEOPLE = ("ana", "dan", "eve")
# Zones and a day on which each changes its clocks, by an hour, half of one or a day.
ZONES = (
    (CHICAGO, "2026-03-08"),
    (CHICAGO, "2026-11-01"),
    ("Australia/Lord_Howe", "2025-10-05"),
    ("Australia/Lord_Howe", "2026-04-05"),
    ("America/Sao_Paulo", "2018-11-04"),
    ("America/Sao_Paulo", "2018-02-17"),
    ("Pacific/Apia", "2011-12-30"),
)


def wall(written: str) -> datetime:
    return datetime.fromisoformat(written)


def override(contact: str, starts: str, ends: str) -> Override:
    return Override(contact=contact, starts=wall(starts), ends=wall(ends))


def absence(contact: str, starts: str, ends: str) -> Absence:
    return Absence(contact=contact, starts=wall(starts), ends=wall(ends))


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        pytest.param("2026-01-05T13:59:59", (), id="nobody before the first shift"),
        pytest.param("2026-01-05T14:00", ("ana",), id="the first begins at the anchor"),
        pytest.param("2026-01-12T13:59:59", ("ana",), id="and lasts a week"),
        pytest.param("2026-01-12T14:00", ("dan",), id="then the second"),
        pytest.param("2026-01-19T14:00", ("ana",), id="then the first again"),
        pytest.param("2026-03-16T12:59:59", ("dan",), id="by the wall in summer too"),
        pytest.param("2026-03-16T13:00", ("ana",), id="an hour sooner in UTC"),
    ],
)
def test_members_take_turns(at: str, expected: tuple[str, ...]) -> None:
    assert on_call(WATER, CHICAGO, at=utc(at)) == expected


OVERRIDE = override("dan", "2026-01-06T18:00", "2026-01-07T08:00")
SECOND_OVERRIDE = override("eve", "2026-01-06T18:00", "2026-01-07T08:00")
AWAY = absence("ana", "2026-01-06T00:00", "2026-01-08T00:00")
DAN_AWAY = absence("dan", "2026-01-06T00:00", "2026-01-08T00:00")
EVENING = "2026-01-07T03:00"


@pytest.mark.parametrize(
    ("overrides", "absences", "expected"),
    [
        pytest.param((OVERRIDE,), (), ("dan",), id="an override replaces the turn"),
        pytest.param((), (AWAY,), (), id="an absence leaves a gap"),
        pytest.param((OVERRIDE,), (AWAY,), ("dan",), id="which an override fills"),
        pytest.param(
            (OVERRIDE, SECOND_OVERRIDE),
            (),
            ("dan", "eve"),
            id="two overrides, two told",
        ),
        pytest.param(
            (OVERRIDE,),
            (DAN_AWAY,),
            ("ana",),
            id="an override by somebody away leaves the turn as it was",
        ),
        pytest.param((OVERRIDE,), (AWAY, DAN_AWAY), (), id="all away"),
    ],
)
def test_overrides_and_absences(
    overrides: tuple[Override, ...],
    absences: tuple[Absence, ...],
    expected: tuple[str, ...],
) -> None:
    roster = replace(WATER, overrides=overrides, absences=absences)

    assert on_call(roster, CHICAGO, at=utc(EVENING)) == expected


def test_a_handover_in_the_repeated_hour_overlaps() -> None:
    """At 01:30 on the first of November, clocks of Chicago show 01:30 twice."""
    roster = replace(WATER, anchor=wall("2026-10-25T01:30"))

    assert on_call(roster, CHICAGO, at=utc("2026-11-01T06:29:59")) == ("ana",)
    assert on_call(roster, CHICAGO, at=utc("2026-11-01T06:30")) == ("ana", "dan")
    assert on_call(roster, CHICAGO, at=utc("2026-11-01T07:29:59")) == ("ana", "dan")
    assert on_call(roster, CHICAGO, at=utc("2026-11-01T07:30")) == ("dan",)


def test_shifts_say_why_and_instead_of_whom() -> None:
    roster = replace(WATER, overrides=(OVERRIDE,))

    found = shifts(
        roster, CHICAGO, since=utc("2026-01-05T14:00"), until=utc("2026-01-14T00:00")
    )

    assert [(e.contact, e.why, e.instead_of, e.starts, e.ends) for e in found] == [
        ("ana", "turn", (), utc("2026-01-05T14:00"), utc("2026-01-07T00:00")),
        ("dan", "override", ("ana",), utc("2026-01-07T00:00"), utc("2026-01-07T14:00")),
        ("ana", "turn", (), utc("2026-01-07T14:00"), utc("2026-01-12T14:00")),
        ("dan", "turn", (), utc("2026-01-12T14:00"), utc("2026-01-14T00:00")),
    ]


def test_gaps_say_who_is_away() -> None:
    roster = replace(WATER, overrides=(OVERRIDE,), absences=(AWAY,))

    found = gaps(
        roster, CHICAGO, since=utc("2026-01-05T12:00"), until=utc("2026-01-14T00:00")
    )

    assert [(gap.starts, gap.ends, gap.away) for gap in found] == [
        (utc("2026-01-05T12:00"), utc("2026-01-05T14:00"), ()),
        (utc("2026-01-06T06:00"), utc("2026-01-07T00:00"), ("ana",)),
        (utc("2026-01-07T14:00"), utc("2026-01-08T06:00"), ("ana",)),
    ]


def test_a_gap_across_a_boundary_that_changes_nothing_is_one() -> None:
    elsewhere = absence("dan", "2026-01-07T00:00", "2026-01-07T12:00")
    roster = replace(WATER, absences=(AWAY, elsewhere))

    found = gaps(
        roster, CHICAGO, since=utc("2026-01-05T14:00"), until=utc("2026-01-12T14:00")
    )

    assert len(found) == 1


def test_a_roster_without_members_is_one_gap() -> None:
    since, until = utc("2026-01-05T12:00"), utc("2026-01-14T00:00")
    roster = replace(WATER, members=())

    found = gaps(roster, CHICAGO, since=since, until=until)

    assert [(gap.starts, gap.ends, gap.away) for gap in found] == [(since, until, ())]
    assert shifts(roster, CHICAGO, since=since, until=until) == ()


@st.composite
def rosters(draw: st.DrawFn, around: datetime) -> Roster:
    """Rosters whose turns, overrides and absences begin and end near ``around``."""
    walls = st.timedeltas(-timedelta(hours=30), timedelta(hours=30)).map(
        lambda offset: (around + offset).replace(second=0, microsecond=0)
    )
    window = st.tuples(st.sampled_from(PEOPLE), walls, walls).map(
        lambda each: (each[0], min(each[1:]), max(each[1:]))
    )
    windows = st.lists(window, max_size=3)
    days = draw(st.integers(1, 8))
    return Roster(
        key="water",
        name=WATER.name,
        anchor=draw(walls) - timedelta(days=days * draw(st.integers(-1, 60))),
        days=days,
        members=tuple(draw(st.lists(st.sampled_from(PEOPLE), max_size=4))),
        overrides=tuple(
            Override(contact=contact, starts=starts, ends=ends)
            for contact, starts, ends in draw(windows)
        ),
        absences=tuple(
            Absence(contact=contact, starts=starts, ends=ends)
            for contact, starts, ends in draw(windows)
        ),
    )


@st.composite
def places(draw: st.DrawFn) -> tuple[Roster, str, datetime, datetime]:
    zone, day = draw(st.sampled_from(ZONES))
    noon = wall(f"{day}T02:00")
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

    def within(self, window: Absence | Override) -> bool:
        return self.has_begun(window.starts) and not self.is_over(window.ends)

    def well_within(self, window: Absence | Override) -> bool:
        return self.is_over(window.starts) and not self.has_begun(window.ends)

    def on_call(self, roster: Roster) -> set[str]:
        away = {e.contact for e in roster.absences if self.well_within(e)}
        present = [e for e in roster.overrides if e.contact not in away]
        instead = {e.contact for e in present if self.within(e)}
        if any(self.well_within(e) for e in present):
            return instead
        return instead | (self.turns(roster) - away)

    def turns(self, roster: Roster) -> set[str]:
        week, at = timedelta(days=roster.days), roster.anchor
        members = cycle(roster.members)
        found = set()
        for member in members:
            if not self.has_begun(at):
                break
            if not self.is_over(at + week):
                found.add(member)
            at += week
        return found


@given(place=places(), share=st.floats(0, 0.999))
def test_on_call_agrees_with_a_clock_on_the_wall(
    place: tuple[Roster, str, datetime, datetime], share: float
) -> None:
    roster, zone, since, until = place
    at = (since + (until - since) * share).replace(second=0, microsecond=0)

    expected = Clock.watched(at, zone).on_call(roster)

    assert set(on_call(roster, zone, at=at)) == expected
