"""What agents say of their calls: each word counts once, and a person's always."""

from __future__ import annotations

from uuid import UUID

import pytest

import notify
from notify import DialTaken, Reported
from tests.notify.cast import Ear, Place, after, relay
from tests.notify.dialling import BY_HAND, Agent, said, taken, the_only
from townline.db import new_id


def test_who_accepts_on_the_telephone_has_accepted(
    rivertown: Place, maya: Agent, ear: Ear, task: UUID
) -> None:
    dial = taken(maya, task)

    told = maya.says(task, dial, Reported(result="accepted"), at=after(40))

    assert ear.answers == [("Ana Ruiz", "accept", "agent")]
    assert told.said == "accept: None"
    assert rivertown.states() == ["answered"]


def test_a_double_click_says_it_once(
    rivertown: Place, maya: Agent, ear: Ear, task: UUID
) -> None:
    dial = taken(maya, task)

    first = maya.says(task, dial, Reported(result="accepted"), at=after(40))
    again = maya.says(task, dial, Reported(result="no_answer"), at=after(41))

    assert len(ear.answers) == 1
    assert ear.failures == []
    assert (again.result, again.said) == (first.result, first.said)
    assert [event for _, event in said(rivertown)].count("relay.dialled") == 1


@pytest.mark.parametrize(
    "result",
    [
        "no_answer",
        "busy",
        "voicemail_left",
        "voicemail_full",
        "wrong_person",
        "refused",
        "invalid_number",
    ],
)
def test_whatever_reaches_nobody_moves_the_ladder_on(
    rivertown: Place, maya: Agent, ear: Ear, task: UUID, result: notify.DialResult
) -> None:
    dial = taken(maya, task)

    maya.says(task, dial, Reported(result=result), at=after(40))

    assert ear.failures == [("Ana Ruiz", result)]
    assert maya.board(after(3600)) == []
    assert said(rivertown)[1] == ("agent Maya Okafor", "relay.dialled")


def test_a_number_that_is_none_is_left_for_the_town_to_mend(
    rivertown: Place, maya: Agent, ear: Ear, task: UUID
) -> None:
    dial = taken(maya, task)

    maya.says(task, dial, Reported(result="invalid_number"), at=after(40))

    assert ("agent Maya Okafor", "relay.number_to_mend") in said(rivertown)


def test_who_will_ring_back_is_dialled_again_when_they_said(
    maya: Agent, ear: Ear, task: UUID
) -> None:
    dial = taken(maya, task)

    later = Reported(result="will_call_back", minutes=15)
    maya.says(task, dial, later, at=after(60))

    assert maya.board(after(60 + 15 * 60 - 1)) == []
    assert maya.board(after(60 + 15 * 60)) == [("Ana Ruiz", None)]
    assert ear.failures == []


def test_who_rang_us_back_is_asked_and_answers_once(
    rivertown: Place, maya: Agent, louis: Agent, ear: Ear, task: UUID
) -> None:
    dial = taken(maya, task)
    maya.says(task, dial, Reported(result="voicemail_left"), at=after(40))
    rang, word = new_id(), Reported(result="returned_call", answer="accept")

    for seconds in (300, 301):
        louis.says(task, rang, word, at=after(seconds))

    assert ear.answers == [("Ana Ruiz", "accept", "agent")]
    assert said(rivertown)[-1] == ("agent Louis Tremblay", "relay.dialled")


@pytest.mark.parametrize(
    ("result", "answers", "failures"),
    [
        pytest.param("accepted", 1, 0, id="a person's yes is never lost"),
        pytest.param("no_answer", 0, 0, id="silence fails nobody else's dial"),
    ],
)
def test_a_late_word_of_who_was_taken_over(
    maya: Agent,
    louis: Agent,
    ear: Ear,
    task: UUID,
    *,
    result: notify.DialResult,
    answers: int,
    failures: int,
) -> None:
    dial = taken(maya, task)
    louis.take(task, at=after(180))

    maya.says(task, dial, Reported(result=result), at=after(200))

    assert (len(ear.answers), len(ear.failures)) == (answers, failures)


def test_a_word_about_a_call_that_was_over_meanwhile_fails_nothing(
    rivertown: Place, maya: Agent, ear: Ear
) -> None:
    group = rivertown.promise(relay(**BY_HAND))
    task = the_only(rivertown).id
    dial = taken(maya, task)
    rivertown.accept(group, by="Dan Ortiz", at=after(20))

    maya.says(task, dial, Reported(result="no_answer"), at=after(40))

    assert ear.failures == []
    assert rivertown.states() == ["cancelled"]


def test_an_agent_may_not_speak_for_another(
    maya: Agent, louis: Agent, task: UUID
) -> None:
    dial = taken(maya, task)

    with pytest.raises(DialTaken):
        louis.says(task, dial, Reported(result="no_answer"), at=after(40))
