from __future__ import annotations

from datetime import datetime, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tenants.rules import promise, status
from tenants.town import Promise, Text
from tests.tenants.larkfield import LARKFIELD, MAIN_BREAK, POTHOLE, utc


@pytest.mark.parametrize(
    ("at", "due"),
    [
        pytest.param("2026-02-09T14:00", "2026-02-10T20:00", id="over lunch and night"),
        pytest.param("2026-02-09T16:00", "2026-02-10T22:00", id="from mid-morning"),
        pytest.param("2026-02-07T14:00", "2026-02-10T20:00", id="asked on Saturday"),
        pytest.param("2026-02-09T18:30", "2026-02-11T15:00", id="asked at lunch"),
        pytest.param("2026-02-11T14:00", "2026-02-17T20:00", id="over a long weekend"),
        pytest.param("2026-12-22T19:00", "2026-12-28T17:00", id="over half a day"),
        pytest.param("2026-03-03T19:00", "2026-03-04T20:00", id="before summer time"),
        pytest.param("2026-03-04T14:00", "2026-03-09T14:00", id="across summer time"),
    ],
)
def test_business_time_runs_only_while_the_town_hall_is_open(at: str, due: str) -> None:
    assert promise(LARKFIELD, POTHOLE, at=utc(at)).due == utc(due)


@given(
    at=st.datetimes(datetime(2025, 1, 1), datetime(2027, 1, 1)),  # noqa: DTZ001
    minutes=st.integers(1, 3_000),
)
def test_business_time_equals_the_open_minutes_counted_one_by_one(
    at: datetime, minutes: int
) -> None:
    asked = utc(at.replace(second=0, microsecond=0).isoformat())
    say = Promise(hours=minutes / 60, clock="business", say=Text(en="{due}"))

    due = promise(LARKFIELD, replace(POTHOLE, promise=say), at=asked).due

    assert open_minutes(asked, due) == minutes
    assert status(LARKFIELD, at=due - timedelta(minutes=1)).state == "open"


def open_minutes(since: datetime, until: datetime) -> int:
    counted, at = 0, since
    while at < until:
        opening = status(LARKFIELD, at=at)
        change = min(opening.until or until, until)
        if opening.state == "open":
            counted += round((change - at) / timedelta(minutes=1))
        at = change
    return counted


@pytest.mark.parametrize(
    ("at", "en", "fr"),
    [
        pytest.param(
            "2026-02-12T09:12", "7:12 a.m", "7 h 12", id="today, the time is enough"
        ),
        pytest.param(
            "2026-02-13T02:30",
            "12:30 a.m. on Friday 13 February",
            "le vendredi 13 février à 0 h 30",
            id="after midnight the day is said",
        ),
        pytest.param(
            "2026-07-31T20:00",
            "7:00 p.m",
            "19 h",
            id="full hours",
        ),
        pytest.param(
            "2026-08-01T04:00",
            "3:00 a.m. on Saturday 1 August",
            "le samedi 1er août à 3 h",
            id="the first of a month",
        ),
        pytest.param(
            "2027-01-01T04:30",
            "2:30 a.m. on Friday 1 January 2027",
            "le vendredi 1er janvier 2027 à 2 h 30",
            id="the year, when it is another",
        ),
        pytest.param(
            "2026-11-01T03:30", "1:30 a.m. on Sunday 1 November", None, id="elapsed"
        ),
    ],
)
def test_the_due_time_is_spoken_in_each_language(
    at: str, en: str, fr: str | None
) -> None:
    say = promise(LARKFIELD, MAIN_BREAK, at=utc(at)).say

    # However the time ends, the sentence ends with one dot.
    assert say.en.replace("\u00a0", " ") == f"A crew will be there by {en}."
    assert fr is None or say.fr.replace("\u00a0", " ") == f"Équipe sur place : {fr}."


def test_what_is_said_to_the_minute_is_measured_to_the_minute() -> None:
    spoken = promise(LARKFIELD, MAIN_BREAK, at=utc("2026-02-12T09:12:01.5"))

    assert spoken.due == utc("2026-02-12T13:13")
    assert "7:13" in spoken.say.en


def test_a_sentence_that_names_no_time_is_said_as_it_is() -> None:
    say = Promise(hours=1, say=Text(en="We will call you back."))

    spoken = promise(
        LARKFIELD, replace(POTHOLE, promise=say), at=utc("2026-02-12T09:00")
    )

    assert spoken.say == Text(en="We will call you back.")
