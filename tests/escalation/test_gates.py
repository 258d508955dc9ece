"""What may wait: a digest's hour for level 5, and the morning for what is routine."""

from __future__ import annotations

from datetime import UTC, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from escalation.rules import Directory
from escalation.rules.forecast import Rehearsal
from escalation.rules.gates import next_digest, opens
from tenants.town import QuietHours
from tests.escalation.ladders import (
    RIVERTON,
    ladder,
    last_told,
    look,
    minutes,
    opened,
    step,
    told,
)
from townline import localtime

CHICAGO = "America/Chicago"
FIVE, NOON, HALF_PAST_ONE = time(17), time(12), time(1, 30)
DIGEST = ladder(step("ana-ruiz"), step("walter-greene"), digest=(FIVE,))
EVENING = 888  # minutes from 02:12 to 17:00
DAY = 24 * 60


def utc(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("times", "at", "expected"),
    [
        pytest.param((FIVE,), utc(2, 11, 8), utc(2, 11, 23), id="today at five"),
        pytest.param((FIVE,), utc(2, 11, 23), utc(2, 11, 23), id="at five: now"),
        pytest.param((FIVE,), utc(2, 11, 23, 1), utc(2, 12, 23), id="or tomorrow"),
        pytest.param(
            (FIVE, NOON), utc(2, 11, 8), utc(2, 11, 18), id="the first of several"
        ),
        pytest.param(
            (FIVE,), utc(3, 7, 23, 1), utc(3, 8, 22), id="an hour sooner in summer"
        ),
        pytest.param(
            (HALF_PAST_ONE,),
            utc(11, 1, 6, 31),
            utc(11, 2, 7, 30),
            id="the repeated half past one is not another digest",
        ),
        pytest.param(
            (time(2, 30),), utc(3, 8, 7), utc(3, 8, 8), id="a time that is skipped"
        ),
    ],
)
def test_the_next_digest(
    times: tuple[time, ...], at: datetime, expected: datetime
) -> None:
    assert next_digest(times, zone=CHICAGO, at=at) == expected


def test_a_digested_ladder_says_one_step_a_day() -> None:
    story = opened(DIGEST, level=5)

    look(story, minutes(EVENING + 5))

    assert told(story) == [
        (EVENING, "ana-ruiz", "sms"),
        (EVENING + DAY, "walter-greene", "sms"),
    ]
    assert last_told(story, "ana-ruiz").held_for == "digest"


def test_rungs_keep_their_offsets_within_a_digest() -> None:
    policy = ladder(step("ana-ruiz", sms=0, voice=120), digest=(FIVE,))

    story = opened(policy, level=5)

    assert told(story) == [
        (EVENING, "ana-ruiz", "sms"),
        (EVENING + 2, "ana-ruiz", "voice"),
    ]


@pytest.mark.parametrize("level", [1, 2, 3, 4])
def test_graver_levels_are_in_no_digest(level: int) -> None:
    """A file never says so; a policy that did would hold nothing back."""
    story = opened(DIGEST, level=level)

    assert told(story) == [(0, "ana-ruiz", "sms")]
    assert last_told(story, "ana-ruiz").held_for == ""


def test_a_digest_within_the_quiet_hours_waits_for_the_morning() -> None:
    quiet = QuietHours(starts=time(16), ends=time(6, 30))
    policy = ladder(step("ana-ruiz"), digest=(FIVE,), quiet=quiet)

    goes = opens(policy, zone=CHICAGO, level=5, at=utc(2, 11, 8))

    assert goes == utc(2, 12, 12, 30)


def test_what_the_quiet_hours_hold_says_so() -> None:
    """I17: held, and visibly so."""
    quiet = QuietHours(starts=time(22), ends=time(6, 30))

    story = opened(ladder(step("ana-ruiz"), quiet=quiet), level=4)

    assert last_told(story, "ana-ruiz").held_for == "quiet"


A_YEAR = 366 * 24 * 60 * 60
any_time = st.integers(0, A_YEAR).map(lambda number: minutes(number / 60))


@given(
    at=any_time,
    times=st.lists(st.times(), min_size=1, max_size=3).map(tuple),
    zone=st.sampled_from([CHICAGO, "Australia/Lord_Howe", "America/Sao_Paulo"]),
)
def test_a_digest_comes_within_a_day_and_an_hour(
    at: datetime, times: tuple[time, ...], zone: str
) -> None:
    times = tuple(each.replace(fold=0) for each in times)

    goes = next_digest(times, zone=zone, at=at)

    assert at <= goes <= at + timedelta(hours=25)
    walls = {localtime.wall(goes, zone).time(), *times}
    assert len(walls) == len(set(times)) or _is_after_a_gap(goes, zone)


@given(at=any_time, starts=st.times(), ends=st.times())
def test_an_emergency_goes_at_once_whatever_a_policy_says(
    at: datetime, starts: time, ends: time
) -> None:
    """I17: quiet hours never delay level 1, and neither does a digest."""
    quiet = QuietHours(starts=starts.replace(fold=0), ends=ends.replace(fold=0))
    policy = ladder(step("ana-ruiz"), quiet=quiet, digest=(FIVE,))

    story: Rehearsal = opened(
        policy, level=1, at=at, people=Directory(RIVERTON, "water")
    )

    assert [when for when, _ in story.told()] == [at]


def _is_after_a_gap(at: datetime, zone: str) -> bool:
    before = localtime.wall(at - timedelta(seconds=1), zone)
    return localtime.wall(at, zone) - before > timedelta(seconds=1)
