from __future__ import annotations

from datetime import datetime

import pytest
from msgspec.structs import replace

from tenants.rules import gaps, on_call, shifts, staffed
from tenants.town import Absence, Override, Temporary, Vacation
from tests.tenants.larkfield import LARKFIELD, WATER, utc

CHICAGO = "America/Chicago"


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


NIGHTS = Temporary(
    starts=wall("2026-01-06T20:00"),
    ends=wall("2026-01-20T08:00"),
    days=1,
    members=("eve", "fay"),
)


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        pytest.param("2026-01-07T01:59:59", ("ana",), id="until then the rotation"),
        pytest.param("2026-01-07T02:00", ("eve",), id="then the schedule, whole"),
        pytest.param("2026-01-08T02:00", ("fay",), id="with turns of its own"),
        pytest.param("2026-01-20T13:59:59", ("fay",), id="to its end"),
        pytest.param("2026-01-20T14:00", ("ana",), id="and the rotation went on"),
    ],
)
def test_a_temporary_schedule_takes_the_rotations_place(
    at: str, expected: tuple[str, ...]
) -> None:
    roster = replace(WATER, temporary=(NIGHTS,))

    assert on_call(roster, CHICAGO, at=utc(at)) == expected


def test_a_schedules_anchor_only_says_when_its_turns_change() -> None:
    early = replace(NIGHTS, anchor=wall("2026-01-10T08:00"))
    roster = replace(WATER, temporary=(early,))

    assert on_call(roster, CHICAGO, at=utc("2026-01-07T02:00")) == ("eve",)
    assert on_call(roster, CHICAGO, at=utc("2026-01-07T14:00")) == ("fay",)


def test_an_override_goes_before_a_temporary_schedule() -> None:
    roster = replace(WATER, temporary=(NIGHTS,), overrides=(OVERRIDE,))

    found = shifts(
        roster, CHICAGO, since=utc("2026-01-07T02:00"), until=utc("2026-01-08T02:00")
    )

    assert [(each.contact, each.why, each.instead_of) for each in found] == [
        ("dan", "override", ("eve",)),
        ("eve", "temporary", ()),
    ]


def test_a_vacation_takes_somebody_from_every_roster() -> None:
    away = Vacation(starts=wall("2026-01-06T00:00"), ends=wall("2026-01-08T00:00"))
    ana, *others = LARKFIELD.contacts
    town = replace(LARKFIELD, contacts=(replace(ana, vacations=(away,)), *others))

    found = gaps(
        staffed(town, WATER),
        CHICAGO,
        since=utc("2026-01-05T14:00"),
        until=utc("2026-01-12T14:00"),
    )

    assert [(gap.starts, gap.ends, gap.away) for gap in found] == [
        (utc("2026-01-06T06:00"), utc("2026-01-08T06:00"), ("ana",))
    ]
