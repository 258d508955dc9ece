"""What the calendar shows is what ``on_call`` answers, at every instant.

The rosters and the zones are those of ``test_rosters_by_the_clock``: every window lies
near a change of clocks, by an hour, half of one or a day.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st
from msgspec import structs

from portal.town.rosters.grid import Week, cells, day_cells, midnight, scale
from portal.town.rosters.stretches import between, stretches
from tenants.rules import on_call
from tenants.town import Absence, Override, Roster
from tests.tenants.larkfield import WATER
from tests.tenants.test_rosters_by_the_clock import places
from townline import localtime

SECOND, DAY = timedelta(seconds=1), timedelta(days=1)
CHICAGO = "America/Chicago"
Place = tuple[Roster, str, datetime, datetime]


def wall(text: str) -> datetime:
    return datetime.fromisoformat(text)


@given(place=places(), share=st.floats(0, 0.999))
def test_every_instant_shows_whoever_is_on_call_then(
    place: Place, share: float
) -> None:
    roster, zone, since, until = place

    found = stretches(roster, zone, since=since, until=until)

    edges = {edge for each in found for edge in (each.starts, each.ends)}
    probes = {edge + step for edge in edges for step in (-SECOND, 0 * SECOND, SECOND)}
    for at in probes | {since + (until - since) * share}:
        if since <= at < until:
            [shown] = between(found, since=at, until=at + timedelta(microseconds=1))
            assert shown.contacts == on_call(roster, zone, at=at), at


@given(place=places())
def test_nothing_is_left_out_and_nothing_shown_twice(place: Place) -> None:
    roster, zone, since, until = place

    found = stretches(roster, zone, since=since, until=until)

    assert (found[0].starts, found[-1].ends) == (since, until)
    assert all(one.ends == other.starts for one, other in pairwise(found))
    assert all(each.starts < each.ends for each in found)


@given(place=places())
def test_a_week_draws_every_stretch_and_every_day_it_has(place: Place) -> None:
    roster, zone, _, until = place
    weeks = [
        Week.of(localtime.wall(until, zone).date() - DAY * n, zone) for n in (0, 7)
    ]
    found = stretches(
        roster, zone, since=weeks[1].since - DAY, until=weeks[0].until + DAY
    )
    by = scale((week, found) for week in weeks)

    for week in weeks:
        row, days = [*cells(week, found, by)], [*day_cells(week, by)]
        whole = by.span(week, week.since, week.until)
        assert sum(each.span for each in row) == whole
        assert sum(each.span for each in days) == whole
        assert min(each.span for each in row) >= 1
        assert min(each.span for each in days) >= 1
        assert [each.part for each in row] == [
            *between(found, since=week.since, until=week.until)
        ]


def test_windows_of_other_years_change_nothing() -> None:
    old = [
        Override(contact="ana", starts=wall("2020-01-01"), ends=wall("2020-01-02"))
        for _ in range(3)
    ]
    since, until = (
        localtime.starts(wall(day), CHICAGO) for day in ("2026-02-09", "2026-02-16")
    )

    assert stretches(
        _water(overrides=tuple(old)), CHICAGO, since=since, until=until
    ) == stretches(_water(), CHICAGO, since=since, until=until)


def test_a_gap_says_who_is_away_and_an_override_whom_it_replaces() -> None:
    away = Absence(
        contact="dan-ortiz", starts=wall("2026-02-11T18:00"), ends=wall("2026-02-13")
    )
    instead = Override(
        contact="lee", starts=wall("2026-02-12"), ends=wall("2026-02-13")
    )
    roster = _water(absences=(away,), overrides=(instead,), members=("dan-ortiz",))
    since, until = (
        localtime.starts(wall(day), CHICAGO) for day in ("2026-02-11", "2026-02-14")
    )

    found = stretches(roster, CHICAGO, since=since, until=until)

    assert [(e.contacts, e.away, e.instead_of) for e in found] == [
        (("dan-ortiz",), (), ()),
        ((), ("dan-ortiz",), ()),
        (("lee",), (), ("dan-ortiz",)),
        (("dan-ortiz",), (), ()),
    ]


def test_the_short_end_of_a_shift_in_another_week_needs_no_name() -> None:
    week = Week.of(date(2026, 2, 11), CHICAGO)
    found = stretches(
        _water(anchor=wall("2026-02-02T07:00"), members=("ana", "lee")),
        CHICAGO,
        since=midnight(date(2026, 2, 3), CHICAGO),
        until=midnight(date(2026, 2, 20), CHICAGO),
    )
    by = scale([(week, found)])

    row = [*cells(week, found, by)]

    assert [(e.stretch.contacts, e.span, e.is_tail) for e in row] == [
        (("ana",), 2, True),
        (("lee",), 40, False),
    ]


def _water(**changed: object) -> Roster:
    return structs.replace(WATER, **changed)
