"""What accepting begins, and what interrupts a ladder."""

from __future__ import annotations

import pytest

from escalation.rules import (
    Accepted,
    Closed,
    Declined,
    LevelChanged,
    Moved,
    Paused,
    RaiseEpoch,
    Resumed,
    Run,
    Started,
    TimerFired,
    plan,
)
from escalation.rules.forecast import Rehearsal, upcoming
from escalation.rules.run import Milestone
from tests.escalation.ladders import (
    ANA_THEN_WALTER,
    NIGHT,
    PEOPLE,
    RUN,
    ladder,
    logged,
    look,
    minutes,
    names,
    opened,
    step,
    told,
)

ANA = Accepted("ana-ruiz", "voice")
WITH_DEADLINES = ladder(
    step("ana-ruiz", sms=0, voice=120),
    step("walter-greene"),
    on_the_way_within=900,
    on_site_within=3600,
)


@pytest.fixture
def taken() -> Rehearsal:
    """Ana has taken it a minute after it was opened."""
    story = opened(WITH_DEADLINES)
    story.play(ANA, at=minutes(1))
    return story


def test_accepting_starts_the_deadlines(taken: Rehearsal) -> None:
    assert taken.timers == {"on_the_way": minutes(16), "on_site": minutes(61)}


@pytest.mark.parametrize(
    ("kind", "left"),
    [
        pytest.param("on_the_way", {"on_site"}, id="on the way leaves on site"),
        pytest.param("on_site", set(), id="who is on site was on the way"),
        pytest.param("done", set(), id="who is done was both"),
    ],
)
def test_progress_meets_the_deadlines(
    taken: Rehearsal, kind: Milestone, left: set[str]
) -> None:
    taken.play(Moved(kind, "ana-ruiz"), at=minutes(9))
    taken.play(Moved(kind, "ana-ruiz"), at=minutes(10))

    assert set(taken.timers) == left
    assert taken.run.state == "accepted"


def test_a_missed_deadline_opens_the_ladder_again_once(taken: Rehearsal) -> None:
    """I26: and the other deadline of the same acceptance is void."""
    for minute in (16, 16.1, 17):
        look(taken, minutes(minute))

    assert logged(taken)[-3:] == ["deadline_missed", "reopened", "step_started"]
    assert logged(taken).count("reopened") == 1
    assert (16, "ana-ruiz", "sms") in told(taken)
    assert taken.timers == {"step": minutes(21)}
    assert taken.run.holders == ()


def test_both_deadlines_missed_in_one_outage_open_it_once(taken: Rehearsal) -> None:
    look(taken, minutes(90))

    assert logged(taken).count("reopened") == 1


def test_word_from_who_was_late_closes_the_ladder_again(taken: Rehearsal) -> None:
    look(taken, minutes(16))

    taken.play(Moved("on_the_way", "ana-ruiz"), at=minutes(17))

    assert taken.run.state == "accepted"
    assert taken.run.holders == ("ana-ruiz",)
    assert taken.timers == {"on_site": minutes(77)}


def test_each_acceptance_has_deadlines_of_its_own(taken: Rehearsal) -> None:
    look(taken, minutes(16))
    taken.play(Accepted("walter-greene", "sms"), at=minutes(20))

    look(taken, minutes(35))

    assert logged(taken).count("reopened") == 2


def test_who_cannot_go_on_hands_it_back(taken: Rehearsal) -> None:
    taken.play(Declined("ana-ruiz", "link"), at=minutes(8))

    assert taken.run.state == "running"
    assert names(taken) == ["ana-ruiz", "walter-greene"]
    assert (8, "walter-greene", "sms") in told(taken)


def test_of_two_holders_the_other_keeps_it_when_one_hands_back() -> None:
    policy = ladder(step("ana-ruiz", "dan-ortiz"), step("gus-petrakis"), acceptances=2)
    story = opened(policy)
    story.play(ANA, at=minutes(1))
    story.play(Accepted("dan-ortiz", "sms"), at=minutes(2))

    story.play(Declined("ana-ruiz", "sms"), at=minutes(3))

    assert story.run.holders == ("dan-ortiz",)
    assert told(story)[-1] == (3, "gus-petrakis", "sms")


def test_closing_stops_everything_for_good(taken: Rehearsal) -> None:
    decision = plan(WITH_DEADLINES, PEOPLE, taken.run, Closed("done"), at=minutes(30))

    assert decision.run.state == "closed"
    assert decision.run.ended_at == minutes(30)
    assert RaiseEpoch(close=True) in decision.effects


def test_another_level_ends_the_run() -> None:
    story = opened(ANA_THEN_WALTER)

    story.play(LevelChanged(2), at=minutes(1))

    assert story.run.state == "superseded"
    assert story.run.epoch == 2
    assert story.timers == {}


def test_a_run_that_supersedes_keeps_who_has_it() -> None:
    story = Rehearsal(WITH_DEADLINES, PEOPLE, Run.fresh(RUN, level=1, at=NIGHT))

    story.play(Started(("ana-ruiz",), frozenset({"on_the_way"})), at=NIGHT)

    assert story.run.state == "accepted"
    assert told(story) == []
    assert set(story.timers) == {"on_site"}


def test_a_pause_ends_by_itself_where_it_began() -> None:
    story = opened(ANA_THEN_WALTER)
    look(story, minutes(5))
    story.play(Paused(minutes(30)), at=minutes(6))
    while_paused = story.run.state

    look(story, minutes(30))

    assert while_paused == "paused"
    assert story.run.state == "running"
    assert told(story)[-1] == (30, "walter-greene", "sms")
    assert story.timers == {"step": minutes(35)}


def test_a_pause_may_be_ended_early() -> None:
    story = opened(ladder())
    story.play(Paused(minutes(30)), at=minutes(1))

    story.play(Resumed(), at=minutes(2))

    assert story.run.state == "exhausted"
    assert story.run.exhausted_at == NIGHT
    assert story.timers == {"step": minutes(5)}


def test_a_paused_run_can_be_accepted() -> None:
    story = opened(ANA_THEN_WALTER)
    story.play(Paused(minutes(30)), at=minutes(1))

    story.play(ANA, at=minutes(2))

    assert story.run.state == "accepted"
    assert story.timers == {}


def test_what_is_accepted_cannot_be_paused_nor_resumed(taken: Rehearsal) -> None:
    before = taken.run

    taken.play(Paused(minutes(30)), at=minutes(2))
    taken.play(Resumed(), at=minutes(3))
    taken.play(TimerFired("step", -1), at=minutes(4))

    assert taken.run == before


def test_without_deadlines_an_accepted_run_rests() -> None:
    story = opened(ANA_THEN_WALTER)
    story.play(ANA, at=minutes(1))

    decision = plan(
        ANA_THEN_WALTER, PEOPLE, story.run, TimerFired("on_site", 2), at=minutes(9)
    )

    assert story.timers == {}
    assert decision.run.planned_at == minutes(9)


def test_what_happens_next_is_what_then_happens() -> None:
    """I22."""
    story = opened(WITH_DEADLINES)
    next_things = upcoming(
        WITH_DEADLINES, PEOPLE, story.run, story.timers, at=minutes(1)
    )

    for minute in (5, 10):
        look(story, minutes(minute))

    later = [moment for moment in story.moments if moment.at > minutes(1)]
    assert list(next_things) == sorted(later, key=lambda moment: moment.at)


def test_nothing_more_happens_to_what_has_ended() -> None:
    story = opened(WITH_DEADLINES)
    story.play(Closed("done"), at=minutes(1))

    assert upcoming(WITH_DEADLINES, PEOPLE, story.run, {}, at=minutes(1)) == ()
