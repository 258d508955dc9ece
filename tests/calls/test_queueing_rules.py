from __future__ import annotations

from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from calls.rules.queueing import (
    ENOUGH,
    Answered,
    expected_minutes,
    is_surge,
    is_too_long,
)
from tests.tenants.larkfield import utc

NIGHT = utc("2026-02-11T08:12")


def answered(*waits: int, apart: int = 1000) -> list[Answered]:
    """Callers one after the other, who waited so many seconds."""
    return [
        Answered(at, at + timedelta(seconds=wait))
        for number, wait in enumerate(waits)
        for at in [NIGHT + timedelta(seconds=number * apart)]
    ]


waits = st.lists(st.integers(0, 3600), max_size=20).map(lambda all: answered(*all))
usual = st.lists(st.integers(20, 90), min_size=3, max_size=20).map(
    lambda all: answered(*all)
)
places = st.integers(1, 200)
agents = st.integers(0, 20)


@given(waits, places, agents)
def test_a_wait_is_said_in_whole_minutes_within_reason_or_not_at_all(
    lately: list[Answered], position: int, free: int
) -> None:
    minutes = expected_minutes(lately, position=position, free=free)

    assert minutes is None or 1 <= minutes <= 45


@given(usual, st.integers(3, 12), st.integers(0, 1))
def test_a_worse_place_is_never_shorter_and_another_agent_never_longer(
    lately: list[Answered], position: int, free: int
) -> None:
    here = expected_minutes(lately, position=position, free=free)
    behind = expected_minutes(lately, position=position + 1, free=free)
    helped = expected_minutes(lately, position=position, free=free + 1)

    assert here
    assert behind
    assert helped
    assert helped <= here <= behind


@pytest.mark.parametrize(
    ("lately", "position", "free", "minutes"),
    [
        pytest.param(answered(60, 60, 60), 1, 0, 1, id="a minute each, next in line"),
        pytest.param(answered(60, 60, 60), 4, 0, 4, id="three ahead"),
        pytest.param(answered(60, 60, 60), 4, 2, 2, id="two agents come free"),
        pytest.param(answered(60, 60, 60), 2, 2, None, id="somebody is free for you"),
        pytest.param(answered(*[60] * (ENOUGH - 1)), 4, 0, None, id="too few answers"),
        pytest.param(answered(0, 0, 0), 4, 0, None, id="nobody has waited"),
        pytest.param(
            answered(60, 90, 3600), 4, 0, 6, id="the middle one, not the mean"
        ),
        pytest.param(answered(600, 600, 600), 5, 0, None, id="past all use"),
        pytest.param(
            answered(60, 120, 180, apart=1), 1, 0, 1, id="a wait behind two others"
        ),
    ],
)
def test_the_wait_is_learnt_from_the_last_answers(
    lately: list[Answered], position: int, free: int, minutes: int | None
) -> None:
    assert expected_minutes(lately, position=position, free=free) == minutes


@pytest.mark.parametrize(
    ("waiting", "lately", "surge"),
    [
        pytest.param(7, 11, False, id="busy, as ever"),
        pytest.param(8, 0, True, id="too many wait"),
        pytest.param(0, 12, True, id="too many ring at once"),
    ],
)
def test_a_surge_is_many_who_wait_or_many_who_ring(
    waiting: int, lately: int, *, surge: bool
) -> None:
    assert is_surge(waiting, lately, most_waiting=8, most_calls=12) is surge


@pytest.mark.parametrize(
    ("seconds", "limit", "over"),
    [
        pytest.param(10_000, None, False, id="no limit"),
        pytest.param(599, 600, False, id="not yet"),
        pytest.param(600, 600, True, id="now"),
    ],
)
def test_a_town_says_how_long_anybody_waits(
    seconds: int, limit: int | None, *, over: bool
) -> None:
    assert is_too_long(timedelta(seconds=seconds), limit) is over
