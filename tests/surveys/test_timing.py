"""When an open ticket is taken up again."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest
from hypothesis import given
from hypothesis import strategies as st

from surveys.rules import expired, invitation_due, not_before, plan, try_again
from surveys.rules.timing import Open, daytime_after, daytime_before
from tenants.town import FollowUps, Survey

CHICAGO = "America/Chicago"
MONTREAL = "America/Toronto"
# Every quarter of an hour of 2026, both changes of the clocks among them.
INSTANTS = st.integers(0, 365 * 96).map(
    lambda quarters: chicago(1, 0) + timedelta(minutes=15 * quarters)
)
SURVEY = Survey(after_hours=2, percent=100, not_again_days=90)


def chicago(day: int, hour: int, minute: int = 0) -> datetime:
    wall = datetime(2026, 2, day, hour, minute, tzinfo=ZoneInfo(CHICAGO))
    return wall.astimezone(UTC)


def due(wishes: FollowUps, *, opened: datetime, hours: float, level: int) -> datetime:
    promised = opened + timedelta(hours=hours)
    (planned,) = plan(wishes, Open(opened, promised, level, CHICAGO))
    return planned.due_at


def test_a_category_without_wishes_plans_nothing() -> None:
    ticket = Open(chicago(12, 9), chicago(13, 9), 4, CHICAGO)

    assert plan(FollowUps(), ticket) == ()


@pytest.mark.parametrize(
    ("opened", "after", "level", "expected"),
    [
        pytest.param(chicago(12, 9), 6, 4, chicago(12, 15), id="the same afternoon"),
        pytest.param(chicago(12, 22), 4, 4, chicago(13, 8), id="not at night"),
        pytest.param(chicago(12, 17), 5, 4, chicago(13, 8), id="not late either"),
        pytest.param(chicago(12, 22), 4, 2, chicago(13, 2), id="urgent: at any hour"),
    ],
)
def test_the_holder_is_reminded(
    opened: datetime, after: float, level: int, expected: datetime
) -> None:
    wishes = FollowUps(remind_holder_after=after)

    assert due(wishes, opened=opened, hours=48, level=level) == expected


@pytest.mark.parametrize(
    ("opened", "promise", "lead", "level", "expected"),
    [
        pytest.param(chicago(12, 9), 30, 3, 4, chicago(13, 12), id="before noon"),
        pytest.param(
            chicago(12, 9), 24, 4, 4, chicago(12, 21), id="promised for 9: told at 21"
        ),
        pytest.param(
            chicago(12, 9), 6, 12, 4, chicago(12, 12), id="a short promise: half-way"
        ),
        pytest.param(chicago(12, 22), 8, 2, 4, chicago(13, 8), id="all of it at night"),
        pytest.param(chicago(12, 22), 8, 2, 1, chicago(13, 4), id="an emergency"),
    ],
)
def test_the_resident_hears_before_the_promise_is_missed(
    opened: datetime, promise: float, lead: float, level: int, expected: datetime
) -> None:
    wishes = FollowUps(tell_resident_before=lead)

    assert due(wishes, opened=opened, hours=promise, level=level) == expected


@given(
    opened=INSTANTS,
    promise=st.floats(0.5, 2000),
    lead=st.floats(0.5, 2000),
    level=st.integers(1, 5),
)
def test_nobody_is_told_of_lateness_in_the_first_half_of_a_promise(
    opened: datetime, promise: float, lead: float, level: int
) -> None:
    wishes = FollowUps(tell_resident_before=lead)

    told = due(wishes, opened=opened, hours=promise, level=level)

    assert told >= opened + timedelta(hours=promise) / 2


@given(at=INSTANTS)
def test_residents_sleep(at: datetime) -> None:
    for found in (daytime_after(at, MONTREAL), daytime_before(at, MONTREAL)):
        assert 8 <= found.astimezone(ZoneInfo(MONTREAL)).hour <= 21
    assert daytime_before(at, MONTREAL) <= at <= daytime_after(at, MONTREAL)


def test_the_invitation_waits_for_the_morning() -> None:
    assert invitation_due(chicago(12, 20), SURVEY, CHICAGO) == chicago(13, 8)
    assert invitation_due(chicago(12, 14), SURVEY, CHICAGO) == chicago(12, 16)


def test_somebody_asked_in_winter_is_not_asked_before_spring() -> None:
    assert not_before(chicago(12, 14), SURVEY) == chicago(12, 14) - timedelta(days=90)


@pytest.mark.parametrize(
    ("days", "gone"),
    [
        pytest.param(29, False, id="still answerable"),
        pytest.param(30, True, id="a month is the end"),
    ],
)
def test_an_invitation_ends_after_a_month(days: int, *, gone: bool) -> None:
    sent = chicago(1, 9)

    assert expired(sent, at=sent + timedelta(days=days)) is gone


@pytest.mark.parametrize(
    ("tries", "expected"),
    [
        pytest.param(1, chicago(12, 16), id="two hours later"),
        pytest.param(2, chicago(12, 16), id="and once more"),
        pytest.param(3, None, id="then it rests"),
    ],
)
def test_whoever_was_not_reached_is_tried_again(
    tries: int, expected: datetime | None
) -> None:
    assert try_again(tries, at=chicago(12, 14), zone=CHICAGO) == expected
