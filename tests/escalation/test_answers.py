"""What a human's answer changes, and what a message's failure does."""

from __future__ import annotations

import pytest

from escalation.rules import (
    Accepted,
    Closed,
    Declined,
    Event,
    LevelChanged,
    Moved,
    Paused,
    RungFailed,
    Withdraw,
    plan,
)
from escalation.rules.forecast import Rehearsal
from tenants.town import Policy
from tests.escalation.ladders import (
    ANA_THEN_WALTER,
    PEOPLE,
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

ANA = Accepted("ana-ruiz", "voice")
DAN = Accepted("dan-ortiz", "sms")
ANA_CANNOT = Declined("ana-ruiz", "sms")
BOTH = ladder(step("ana-ruiz", "dan-ortiz", sms=0, voice=120), step("walter-greene"))
TWO_NEEDED = ladder(step("ana-ruiz", sms=0, voice=60), step("dan-ortiz"), acceptances=2)


def fail(story: Rehearsal, contact: str, *, at: float) -> None:
    """Everything that was said to ``contact`` has come to nothing."""
    for _, tell in list(story.told()):
        if tell.contact.key == contact:
            story.play(RungFailed(tell.key), at=minutes(at))


def test_accepting_stops_everything_else() -> None:
    story = opened(ANA_THEN_WALTER)

    story.play(ANA, at=minutes(1))

    assert story.run.state == "accepted"
    assert story.run.epoch == 2
    assert told(story) == [(0, "ana-ruiz", "sms")]
    assert story.timers == {}


def test_the_last_resort_can_accept_too() -> None:
    story = opened(ladder())

    story.play(Accepted("duty-desk", "voice"), at=minutes(1))

    assert story.run.state == "accepted"
    assert story.run.exhausted_at is None
    assert story.run.alarm is None


@pytest.mark.parametrize(
    ("before", "late", "reply"),
    [
        pytest.param(ANA, DAN, "taken", id="somebody else has it"),
        pytest.param(ANA, ANA, "still_yours", id="the same person has it already"),
        pytest.param(
            ANA, Declined("dan-ortiz", "sms"), "taken", id="a no comes after a yes"
        ),
        pytest.param(
            ANA, Moved("on_site", "dan-ortiz"), "taken", id="somebody else goes there"
        ),
        pytest.param(
            Closed("done"), Moved("done", "ana-ruiz"), "ended", id="done after closing"
        ),
        pytest.param(Closed("done"), ANA, "ended", id="the ticket is closed"),
        pytest.param(Closed("done"), ANA_CANNOT, "ended", id="a no to a closed ticket"),
        pytest.param(LevelChanged(2), ANA, "ended", id="another run has replaced it"),
    ],
)
def test_a_late_answer_changes_nothing_and_is_answered(
    before: Event, late: Event, reply: str
) -> None:
    """I9."""
    story = opened(BOTH)
    story.play(before, at=minutes(1))

    decision = plan(BOTH, PEOPLE, story.run, late, at=minutes(2))

    assert decision.run == story.run
    assert decision.reply == reply
    assert [each.event for each in decision.effects] == ["relay.stale_answer"]  # type: ignore[union-attr]


def test_two_must_accept_and_the_first_is_left_in_peace() -> None:
    story = opened(TWO_NEEDED)

    story.play(ANA, at=minutes(0.5))
    half = story.run
    story.play(DAN, at=minutes(2))

    assert half.state == "running"
    assert half.holders == ("ana-ruiz",)
    assert names(story) == ["ana-ruiz", "dan-ortiz"]
    assert story.run.state == "accepted"
    assert story.run.holders == ("ana-ruiz", "dan-ortiz")


def test_who_has_accepted_is_not_told_again_by_a_later_step() -> None:
    policy = ladder(step("ana-ruiz", "dan-ortiz"), step("department"), acceptances=2)
    story = opened(policy)
    story.play(ANA, at=minutes(1))

    look(story, minutes(5))

    assert ("ana-ruiz", 5) not in {(name, at) for at, name, _ in told(story)}
    assert (5, "dan-ortiz", "sms") in told(story)


def test_a_decline_moves_on_at_once() -> None:
    story = opened(ANA_THEN_WALTER)

    story.play(ANA_CANNOT, at=minutes(1))

    assert (1, "walter-greene", "sms") in told(story)
    assert story.timers["step"] == minutes(6)
    assert story.run.waiting == {last_told(story, "walter-greene").key}


def test_a_decline_takes_back_what_was_still_to_be_said() -> None:
    story = opened(ANA_THEN_WALTER)

    decision = plan(ANA_THEN_WALTER, PEOPLE, story.run, ANA_CANNOT, at=minutes(1))
    story.play(ANA_CANNOT, at=minutes(1))

    assert Withdraw() in decision.effects
    assert not [key for key in decision.run.waiting if "ana-ruiz" in key]
    assert (2, "ana-ruiz", "voice") not in told(story)


def test_the_others_of_a_step_keep_their_time_when_one_declines() -> None:
    story = opened(BOTH)

    story.play(ANA_CANNOT, at=minutes(1))

    assert names(story) == ["ana-ruiz", "dan-ortiz"]
    assert story.timers["step"] == minutes(5)


def test_who_declined_is_not_asked_again_in_later_rounds() -> None:
    policy = ladder(step("ana-ruiz", "dan-ortiz", repeat=1), rounds=2)
    story = opened(policy)
    story.play(ANA_CANNOT, at=minutes(1))

    for minute in (5, 10, 15):
        look(story, minutes(minute))

    assert [at for at, name, _ in told(story) if name == "ana-ruiz"] == [0]
    assert [at for at, name, _ in told(story) if name == "dan-ortiz"] == [0, 5, 10, 15]


def test_who_declined_may_still_accept() -> None:
    story = opened(ANA_THEN_WALTER)
    story.play(ANA_CANNOT, at=minutes(1))

    story.play(ANA, at=minutes(2))

    assert story.run.holders == ("ana-ruiz",)
    assert story.run.declined == frozenset()


def test_a_step_of_which_everything_failed_is_over() -> None:
    """I11."""
    story = opened(ANA_THEN_WALTER)

    fail(story, "ana-ruiz", at=1)

    assert (1, "walter-greene", "sms") in told(story)


def test_a_failure_is_heard_once() -> None:
    """Level 1 hears of an ambiguity, and again of the failure it turns out to be."""
    story = opened(ANA_THEN_WALTER)

    fail(story, "ana-ruiz", at=1)
    fail(story, "ana-ruiz", at=2)

    assert names(story) == ["ana-ruiz", "walter-greene"]


def test_one_failure_of_two_keeps_the_step() -> None:
    story = opened(ANA_THEN_WALTER)

    story.play(RungFailed(last_told(story, "ana-ruiz").key), at=minutes(1))

    assert names(story) == ["ana-ruiz"]
    assert story.timers["step"] == minutes(5)


def test_a_failure_in_an_earlier_step_moves_nothing() -> None:
    story = opened(ANA_THEN_WALTER)
    look(story, minutes(5))

    fail(story, "ana-ruiz", at=6)

    assert story.run.state == "running"
    assert names(story) == ["ana-ruiz", "walter-greene"]


def test_a_failure_heard_after_the_wait_does_not_delay_the_ladder() -> None:
    story = opened(ANA_THEN_WALTER)

    fail(story, "ana-ruiz", at=7)

    assert story.run.planned_at == minutes(5)
    assert story.timers["step"] == minutes(10)


def test_a_failing_heavy_sleeper_is_tried_again_before_the_next() -> None:
    story = opened(ladder(step("ana-ruiz", repeat=1), step("walter-greene")))

    fail(story, "ana-ruiz", at=1)

    assert told(story) == [(0, "ana-ruiz", "sms"), (1, "ana-ruiz", "sms")]


@pytest.mark.parametrize("event", [ANA_CANNOT, None], ids=["declines", "fails"])
def test_the_last_resort_keeps_its_clock(event: Event | None) -> None:
    """When all of it fails at once, it must not ring without a pause."""
    story = opened(ladder(last_resort=("contact:ana-ruiz",)))

    if event:
        story.play(event, at=minutes(1))
    else:
        fail(story, "ana-ruiz", at=1)
    look(story, minutes(3))

    assert sorted({at for at, _, _ in told(story)}) == [0, 3]


@pytest.mark.parametrize(
    ("policy", "kind", "contact", "state"),
    [
        pytest.param(
            ANA_THEN_WALTER, "on_the_way", "ana-ruiz", "accepted", id="on the way"
        ),
        pytest.param(TWO_NEEDED, "on_the_way", "ana-ruiz", "running", id="one of two"),
        pytest.param(
            TWO_NEEDED, "done", "ana-ruiz", "accepted", id="done by one of two"
        ),
        pytest.param(TWO_NEEDED, "on_site", "", "accepted", id="an agent says so"),
    ],
)
def test_progress_without_a_word_before_is_an_acceptance(
    policy: Policy, kind: str, contact: str, state: str
) -> None:
    story = opened(policy)

    story.play(Moved(kind, contact), at=minutes(1))  # type: ignore[arg-type]

    assert story.run.state == state
    assert story.run.holders == tuple(filter(None, [contact]))
    assert "accepted" in logged(story)


def test_nothing_wakes_what_has_ended() -> None:
    story = opened(ANA_THEN_WALTER)
    story.play(Closed("done"), at=minutes(1))
    ended = story.run

    for event in (Moved("done"), Paused(minutes(9)), Closed("done"), LevelChanged(2)):
        story.play(event, at=minutes(2))
    fail(story, "ana-ruiz", at=3)

    assert story.run == ended
    assert story.timers == {}
