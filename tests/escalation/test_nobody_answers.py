"""What happens when nobody answers."""

from __future__ import annotations

import pytest
from msgspec.structs import replace

from escalation.rules import Alarm, Directory, Run, SetTimer, Started, TimerFired, plan
from tenants.rules.preferences import destination
from tenants.town import Channel, Policy
from tests.escalation.ladders import (
    ANA_THEN_WALTER,
    NIGHT,
    PEOPLE,
    RIVERTON,
    RUN,
    ladder,
    last_told,
    logged,
    look,
    minutes,
    names,
    opened,
    step,
    told,
)


def test_a_ladder_is_climbed_to_its_last_resort_and_stays_there() -> None:
    story = opened(ANA_THEN_WALTER)

    for minute in (5, 10, 13, 16):
        look(story, minutes(minute))

    assert told(story) == [
        (0, "ana-ruiz", "sms"),
        (2, "ana-ruiz", "voice"),
        (5, "walter-greene", "sms"),
        (10, "duty-desk", "voice"),
        (10, "duty-desk", "email"),
        (13, "duty-desk", "voice"),
        (13, "duty-desk", "email"),
        (16, "duty-desk", "voice"),
        (16, "duty-desk", "email"),
    ]
    assert story.run.state == "exhausted"
    assert story.run.exhausted_at == minutes(10)


ONCE_AGAIN = ladder(step("ana-ruiz", repeat=1), step("walter-greene"))
TWO_ROUNDS = ladder(step("ana-ruiz"), step("walter-greene"), rounds=2)
NOBODY = "contact:nobody-any-more"


@pytest.mark.parametrize(
    ("policy", "order"),
    [
        pytest.param(
            ONCE_AGAIN,
            [(0, "ana-ruiz"), (5, "ana-ruiz"), (10, "walter-greene")],
            id="a heavy sleeper is told again before the next one",
        ),
        pytest.param(
            TWO_ROUNDS,
            [
                (0, "ana-ruiz"),
                (5, "walter-greene"),
                (10, "ana-ruiz"),
                (15, "walter-greene"),
            ],
            id="the whole ladder comes round again",
        ),
        pytest.param(
            ladder(step(NOBODY, repeat=2), step("ana-ruiz")),
            [(0, "ana-ruiz")],
            id="a step with nobody in it takes no time",
        ),
        pytest.param(
            ladder(step("roster:closed-down"), step("ana-ruiz")),
            [(0, "ana-ruiz")],
            id="nor does a roster that is gone from the town's file",
        ),
        pytest.param(
            ladder(step("duty-desk", sms=0), step("ana-ruiz")),
            [(0, "ana-ruiz")],
            id="nor one whose only person cannot be reached by its channel",
        ),
        pytest.param(
            ladder(step("ana-ruiz", "contact:ana-ruiz")),
            [(0, "ana-ruiz")],
            id="a person named twice is told once",
        ),
        pytest.param(
            ladder(step("department")),
            [(0, "ana-ruiz"), (0, "dan-ortiz"), (0, "teresa-novak")],
            id="a department is everybody in it",
        ),
        pytest.param(ladder(), [], id="a ladder without steps is its last resort"),
    ],
)
def test_the_order_of_a_ladder(policy: Policy, order: list[tuple[float, str]]) -> None:
    story = opened(policy)

    while story.run.state != "exhausted":
        story.let_time_pass()

    people = [(at, name) for at, name, _ in told(story) if name != "duty-desk"]
    assert people == order


def test_an_empty_step_is_logged() -> None:
    """I12."""
    story = opened(ladder(step(NOBODY), step("ana-ruiz")))

    assert logged(story) == ["started", "step_empty", "step_started"]


def test_no_place_of_the_ladder_comes_back() -> None:
    """I4: a key that was used is never used for another telling."""
    story = opened(TWO_ROUNDS)
    for minute in range(5, 60, 5):
        look(story, minutes(minute))

    keys = [tell.key for _, tell in story.told()]

    assert len(keys) == len(set(keys))
    assert keys[0] == f"{RUN}:0/0/0/0:ana-ruiz:sms"


@pytest.mark.parametrize(
    ("level", "last_resort", "channels"),
    [
        pytest.param(1, "duty-desk", {"voice", "email"}, id="an emergency rings"),
        pytest.param(2, "ana-ruiz", {"voice", "sms", "email"}, id="so does an urgency"),
        pytest.param(4, "duty-desk", {"email"}, id="routine is written"),
    ],
)
def test_the_last_resort_is_told_in_every_way_it_can_be(
    level: int, last_resort: str, channels: set[str]
) -> None:
    story = opened(ladder(last_resort=(f"contact:{last_resort}",)), level=level)

    assert {channel for _, _, channel in told(story)} == channels


def test_a_last_resort_that_cannot_read_is_rung_about_anything() -> None:
    desk = RIVERTON.contact("duty-desk")
    others = [one for one in RIVERTON.contacts if one.key != desk.key]
    deaf = type(desk)(
        key=desk.key, name=desk.name, department="water", landline=desk.landline
    )
    people = Directory(replace(RIVERTON, contacts=(deaf, *others)), "water")

    story = opened(ladder(), level=4, people=people)

    assert {channel for _, _, channel in told(story)} == {"voice"}


def test_nobody_in_the_last_resort_raises_an_alarm_and_the_clock_goes_on() -> None:
    policy = ladder(last_resort=(NOBODY,))
    run = Run.fresh(RUN, level=1, at=NIGHT)

    decision = plan(policy, PEOPLE, run, Started(), at=NIGHT)

    assert Alarm("last_resort_empty") in decision.effects
    assert SetTimer("step", minutes(3)) in decision.effects
    assert decision.run.alarm == "last_resort_empty"


def test_a_ladder_that_has_run_out_alarms_once() -> None:
    run = Run.fresh(RUN, level=1, at=NIGHT)
    first = plan(ladder(), PEOPLE, run, Started(), at=NIGHT)

    again = plan(ladder(), PEOPLE, first.run, TimerFired("step", 1), at=minutes(3))

    assert Alarm("exhausted") in first.effects
    assert not [effect for effect in again.effects if isinstance(effect, Alarm)]


@pytest.mark.parametrize(
    ("contact", "channel", "expected"),
    [
        pytest.param("ana-ruiz", "sms", "+13125550161", id="a text goes to the mobile"),
        pytest.param("ana-ruiz", "voice", "+13125550161", id="and so does a call"),
        pytest.param("duty-desk", "voice", "+13125550102", id="a landline can ring"),
        pytest.param("duty-desk", "sms", None, id="but cannot be texted"),
        pytest.param("dan-ortiz", "email", "dan.ortiz@riverton.example", id="a letter"),
    ],
)
def test_where_a_channel_reaches_somebody(
    contact: str, channel: Channel, expected: str | None
) -> None:
    assert destination(RIVERTON.contact(contact), channel) == expected


def test_a_timer_of_an_older_epoch_is_void() -> None:
    story = opened(ANA_THEN_WALTER)

    decision = plan(
        ANA_THEN_WALTER, PEOPLE, story.run, TimerFired("step", -1), at=minutes(5)
    )

    assert decision.effects == ()
    assert last_told(story, "ana-ruiz").rung == 1
    assert names(story) == ["ana-ruiz"]
