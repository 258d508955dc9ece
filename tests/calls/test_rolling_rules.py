"""A window is read in two parts, which are all of it and have nothing in common."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from uuid import UUID

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calls.measures import Window
from calls.measures.rolling import rules
from calls.measures.rolling.rules import Kept, Parts

MIDNIGHT = datetime(2024, 10, 28, 5, tzinfo=UTC)
TOWN = UUID(int=3)
HOUR = timedelta(hours=1)
hours = st.integers(-40, 40).map(lambda number: MIDNIGHT + number * HOUR)


def window(since: datetime, until: datetime, *, threshold: int = 30) -> Window:
    return Window(TOWN, since, until, threshold, "America/Chicago")


def covered(parts: Parts) -> list[datetime]:
    """Each hour, as often as it is in a part."""
    return sorted(
        each.since + number * HOUR
        for each in (*parts.kept, *parts.counted)
        for number in range((each.until - each.since) // HOUR)
    )


@given(
    first=hours,
    asked=st.integers(1, 60),
    kept=hours,
    long=st.integers(0, 60),
    late=st.lists(st.integers(-90, 90 * 60), max_size=6),
)
def test_every_hour_is_in_one_part(
    first: datetime, asked: int, kept: datetime, long: int, late: list[int]
) -> None:
    facts = tuple(MIDNIGHT + timedelta(minutes=each) for each in late)
    parts = rules.parts(
        window(first, first + asked * HOUR), Kept(kept, kept + long * HOUR, 30, facts)
    )

    assert covered(parts) == [first + number * HOUR for number in range(asked)]
    for each in parts.kept:
        assert kept <= each.since < each.until <= kept + long * HOUR
        assert not any(each.since <= at < each.until for at in facts)


@pytest.mark.parametrize(
    "asked",
    [
        pytest.param(
            window(MIDNIGHT, MIDNIGHT + 24 * HOUR, threshold=20), id="another threshold"
        ),
        pytest.param(
            window(MIDNIGHT + HOUR / 2, MIDNIGHT + 24 * HOUR), id="begins half past"
        ),
        pytest.param(
            window(MIDNIGHT, MIDNIGHT + 24 * HOUR - HOUR / 4), id="ends a quarter to"
        ),
        pytest.param(window(MIDNIGHT - HOUR, MIDNIGHT), id="before what is kept"),
    ],
)
def test_what_was_not_kept_that_way_is_counted(asked: Window) -> None:
    kept = Kept(MIDNIGHT, MIDNIGHT + 48 * HOUR, 30)

    assert rules.parts(asked, kept) == Parts((), (asked,))
    assert rules.parts(asked, None) == Parts((), (asked,))


@given(
    minutes=st.integers(0, 3 * 366 * 24 * 60),
    zone=st.sampled_from(("America/Chicago", "America/Toronto", "America/St_Johns")),
)
def test_an_hour_settles_three_hours_after_its_end(minutes: int, zone: str) -> None:
    at = MIDNIGHT + timedelta(minutes=minutes)

    settled = rules.settled(at, zone)

    assert timedelta(hours=3) <= at - settled < timedelta(hours=4)
    assert settled.minute == (30 if zone == "America/St_Johns" else 0)


def test_the_past_is_kept_a_month_at_a_time_and_no_further_than_there_are_calls() -> (
    None
):
    first = MIDNIGHT - timedelta(days=40, minutes=10)

    month = rules.before(MIDNIGHT, first)

    assert month == MIDNIGHT - timedelta(days=31)
    assert rules.before(month, first) == MIDNIGHT - timedelta(days=40) - HOUR
