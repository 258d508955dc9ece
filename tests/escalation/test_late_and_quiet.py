"""When things are said: on time, after an outage, and around quiet hours."""

from __future__ import annotations

from datetime import UTC, datetime, time

import pytest

from escalation.rules import Accepted, RungFailed
from escalation.rules.quiet import held
from tenants.town import Policy, QuietHours
from tests.escalation.ladders import (
    ladder,
    last_told,
    logged,
    look,
    minutes,
    opened,
    step,
    told,
)

CHICAGO = "America/Chicago"
NIGHTS = QuietHours(starts=time(22), ends=time(6, 30))
NOONS = QuietHours(starts=time(12), ends=time(13))
NEVER = QuietHours(starts=time(8), ends=time(8))


def utc(month: int, day: int, hour: int, minute: int = 0) -> datetime:
    return datetime(2026, month, day, hour, minute, tzinfo=UTC)


@pytest.mark.parametrize(
    ("quiet", "level", "at", "goes"),
    [
        pytest.param(
            None, 4, utc(2, 12, 8), utc(2, 12, 8), id="without quiet hours, at once"
        ),
        pytest.param(
            NIGHTS, 1, utc(2, 12, 8), utc(2, 12, 8), id="an emergency is never held"
        ),
        pytest.param(
            NIGHTS,
            3,
            utc(2, 12, 8),
            utc(2, 12, 12, 30),
            id="what comes after midnight is held until the morning",
        ),
        pytest.param(
            NIGHTS,
            3,
            utc(2, 12, 4),
            utc(2, 12, 12, 30),
            id="and what comes just as the quiet begins",
        ),
        pytest.param(
            NIGHTS,
            3,
            utc(2, 12, 12, 30),
            utc(2, 12, 12, 30),
            id="the quiet is over the moment it ends",
        ),
        pytest.param(
            NOONS,
            3,
            utc(2, 12, 18, 59),
            utc(2, 12, 19),
            id="quiet hours may lie within a day",
        ),
        pytest.param(
            NOONS, 3, utc(2, 12, 8), utc(2, 12, 8), id="outside them, at once"
        ),
        pytest.param(
            NEVER, 3, utc(2, 12, 14), utc(2, 12, 14), id="from eight to eight is never"
        ),
        pytest.param(
            NIGHTS,
            3,
            utc(3, 8, 7, 30),
            utc(3, 8, 11, 30),
            id="the night the clocks go forward is an hour shorter",
        ),
        pytest.param(
            NIGHTS,
            3,
            utc(11, 1, 6, 30),
            utc(11, 1, 12, 30),
            id="the night they go back, an hour longer",
        ),
    ],
)
def test_quiet_hours(
    quiet: QuietHours | None, level: int, at: datetime, goes: datetime
) -> None:
    assert held(quiet, zone=CHICAGO, level=level, at=at) == goes


AT_NIGHT = ladder(step("ana-ruiz"), step("walter-greene", wait=600), quiet=NIGHTS)
DAYS_TO_MONDAY = 5 * 24 * 60 + 300  # Monday 16 February, 07:12
MORNING = 258  # minutes from 02:12 to 06:30


def test_a_held_message_is_promised_at_night_for_the_morning() -> None:
    """I17: held, and visibly so; the steps after it wait for the morning too."""
    story = opened(AT_NIGHT, level=3)

    look(story, minutes(MORNING + 5))

    assert told(story) == [
        (MORNING, "ana-ruiz", "sms"),
        (MORNING + 5, "walter-greene", "sms"),
    ]


def test_a_ladder_that_reaches_the_quiet_hours_goes_on_in_the_morning() -> None:
    ten_to_ten = minutes(-262)
    policy = ladder(step("ana-ruiz", wait=1200), step("walter-greene"), quiet=NIGHTS)
    story = opened(policy, level=3, at=ten_to_ten)

    look(story, minutes(-242))

    assert told(story)[-1] == (MORNING, "walter-greene", "sms")
    assert story.timers["step"] == minutes(MORNING + 5)


def test_a_rung_that_falls_into_the_quiet_hours_is_held_alone() -> None:
    ten_to_ten = minutes(-262)
    policy = ladder(step("ana-ruiz", wait=3600, sms=0, voice=1200), quiet=NIGHTS)

    story = opened(policy, level=3, at=ten_to_ten)

    assert told(story) == [(-262, "ana-ruiz", "sms"), (MORNING, "ana-ruiz", "voice")]


def test_a_held_step_that_fails_moves_on_without_waking_anybody() -> None:
    story = opened(AT_NIGHT, level=3)

    story.play(RungFailed(last_told(story, "ana-ruiz").key), at=minutes(1))

    assert told(story)[-1] == (MORNING, "walter-greene", "sms")


def test_an_outage_through_the_quiet_hours_starts_from_the_morning() -> None:
    story = opened(AT_NIGHT, level=3, at=minutes(-262))
    look(story, minutes(-257))

    look(story, minutes(MORNING + 30))

    assert [at for at, _, _ in told(story)] == [-262, -257, MORNING + 30]


NAMES = ("ana-ruiz", "dan-ortiz", "walter-greene", "gus-petrakis", "marcus-bell")
LONG = ladder(*(step(each) for each in NAMES))


@pytest.mark.parametrize(
    ("policy", "looks", "starts"),
    [
        pytest.param(
            LONG, (5, 10, 15), [0, 5, 10, 15], id="on time, nothing is shifted"
        ),
        pytest.param(
            LONG,
            (5.1, 10.1, 15.1),
            [0, 5.1, 10.1, 15.1],
            id="a late look is not added to the next wait",
        ),
        pytest.param(
            LONG,
            (12, 12.5, 13, 15),
            [0, 12, 13, 15],
            id="overdue: now, a minute later, and then on the planned times again",
        ),
        pytest.param(
            LONG,
            (19, 19.5, 20, 21, 22),
            [0, 19, 20, 21, 22],
            id="an outage longer than the ladder is made up a minute at a time",
        ),
        pytest.param(
            ladder(*(step(each, wait=30) for each in NAMES)),
            (3, 3.5, 4, 4.5),
            [0, 3, 3.5, 4, 4.5],
            id="a policy that waits half a minute is not slowed down",
        ),
    ],
)
def test_steps_start_at_planned_times_after_an_outage(
    policy: Policy, looks: tuple[float, ...], starts: list[float]
) -> None:
    """I13 and I14."""
    story = opened(policy)

    for minute in looks:
        look(story, minutes(minute))

    assert [at for at, name, _ in told(story) if name != "duty-desk"] == starts


def test_a_late_step_says_at_once_all_that_was_due() -> None:
    story = opened(ladder(step("dan-ortiz"), step("ana-ruiz", sms=0, voice=120)))

    look(story, minutes(6))

    assert told(story)[1:] == [(6, "ana-ruiz", "sms"), (7, "ana-ruiz", "voice")]


@pytest.mark.parametrize(
    ("level", "looks_at", "name"),
    [
        pytest.param(1, 5, "dan-ortiz", id="on time, who is on call at night"),
        pytest.param(1, DAYS_TO_MONDAY, "teresa-novak", id="late, who is on call now"),
    ],
)
def test_who_is_on_call_is_asked_for_when_it_is_said(
    level: int, looks_at: float, name: str
) -> None:
    story = opened(ladder(step("walter-greene"), step("roster:water")), level=level)

    look(story, minutes(looks_at))

    assert told(story)[-1][1] == name


def test_what_is_held_is_for_who_is_on_call_in_the_morning() -> None:
    sunday_night = minutes(4 * 24 * 60 + 21 * 60)
    quiet = QuietHours(starts=time(22), ends=time(8))
    policy = ladder(step("roster:water"), quiet=quiet)

    story = opened(policy, level=3, at=sunday_night)

    assert told(story)[0][1] == "teresa-novak"


def test_what_the_last_resort_missed_is_not_made_up() -> None:
    story = opened(ladder(), at=minutes(0))

    for minute in (61, 62, 63):
        look(story, minutes(minute))

    rings = [at for at, _, channel in told(story) if channel == "voice"]
    assert rings == [0, 61, 63]


def test_a_missed_deadline_is_planned_from_its_own_time() -> None:
    story = opened(ladder(step("ana-ruiz"), step("dan-ortiz"), on_the_way_within=600))
    story.play(Accepted("ana-ruiz", "sms"), at=minutes(1))

    look(story, minutes(13))
    look(story, minutes(16))

    assert told(story)[1:] == [(13, "ana-ruiz", "sms"), (16, "dan-ortiz", "sms")]
    assert "reopened" in logged(story)
