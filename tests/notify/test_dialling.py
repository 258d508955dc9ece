"""Calls by hand: one agent dials, and nobody dials after an acceptance."""

from __future__ import annotations

from threading import Barrier, Thread
from uuid import UUID

import pytest

import notify
from notify import DialTaken, Notification, Reported
from notify.channels.recording import RecordingCarrier
from tests.notify.cast import ANA, DAN, NIGHT, TO_DAN, Place, after, relay
from tests.notify.dialling import BY_HAND, Agent, hired, said, taken, the_only
from townline.errors import NotFound
from townline.tenancy import town


def test_no_pump_ever_sends_what_is_dialled_by_hand(
    rivertown: Place, carrier: RecordingCarrier, task: UUID
) -> None:
    for seconds in (0, 60, 3600):
        notify.send_due(rivertown.database, carrier.everywhere(), at=after(seconds))

    assert carrier.sent == []
    assert the_only(rivertown).state == "pending"


def test_taking_it_keeps_the_number_and_the_exact_words(
    rivertown: Place, maya: Agent, task: UUID
) -> None:
    maya.take(task)

    [attempt] = rivertown.attempts()
    assert (attempt.channel, attempt.theirs) == ("agent", ANA)
    assert attempt.body.splitlines() == [
        "City of Riverton, this is Maya. Am I speaking with Ana Ruiz?",
        "Level 1, Emergency: Water Main Break, Elm St and 4th Ave.",
        "Water is running into the basement of 402 Elm.",
        "The ticket is RIV-482-731-7. Can you take it?",
    ]
    assert said(rivertown) == [("agent Maya Okafor", "relay.attempted")]


def test_the_words_are_in_the_language_of_whoever_is_rung(
    rivertown: Place, maya: Agent
) -> None:
    french = notify.Recipient("contact", "luc", "Luc Gagnon", "fr")
    rivertown.promise(relay(**BY_HAND, to=french))

    maya.take(the_only(rivertown).id)

    [attempt] = rivertown.attempts()
    assert "Maya à l’appareil. Est-ce que je parle bien à Luc Gagnon?" in attempt.body


def test_two_agents_never_dial_the_same(
    rivertown: Place, maya: Agent, louis: Agent, task: UUID
) -> None:
    together = Barrier(2)
    dialling: list[str] = []
    refused: list[str] = []

    def dial(agent: Agent) -> None:
        together.wait()
        try:
            agent.take(task)
            dialling.append(agent.person.name)
        except DialTaken:
            refused.append(agent.person.name)

    hands = [Thread(target=dial, args=(each,)) for each in (maya, louis)]
    for hand in hands:
        hand.start()
    for hand in hands:
        hand.join()

    assert (len(dialling), len(refused)) == (1, 1)
    assert len(rivertown.attempts()) == 1
    assert maya.board() == [("Ana Ruiz", dialling[0])]


def test_a_second_click_takes_nothing_more(
    rivertown: Place, maya: Agent, task: UUID
) -> None:
    assert taken(maya, task) == taken(maya, task, at=after(1))
    assert len(rivertown.attempts()) == 1


def test_nothing_is_dialled_after_somebody_has_accepted(
    rivertown: Place, maya: Agent
) -> None:
    group = rivertown.promise(relay(**BY_HAND))
    task = the_only(rivertown).id
    rivertown.accept(group, by="Dan Ortiz", at=NIGHT)

    assert maya.take(task) is None
    assert rivertown.attempts() == []
    assert maya.board() == []


def test_an_acceptance_that_passed_over_the_promise_still_stops_the_dial(
    rivertown: Place, maya: Agent
) -> None:
    """As when an agent had the row in hand at that moment."""
    group = rivertown.promise(relay(**BY_HAND))
    task = the_only(rivertown).id
    with town(rivertown.database, rivertown.tenant_id) as db:
        fence = db.get(notify.Fence, group)
        fence.closed_at, fence.epoch = NIGHT, fence.epoch + 1

    assert maya.take(task) is None
    assert the_only(rivertown).state == "cancelled"


def test_given_back_it_is_anybodys_again(
    rivertown: Place, maya: Agent, louis: Agent, task: UUID
) -> None:
    dial = taken(maya, task)

    maya.gives_back(task, at=after(10))
    maya.gives_back(task, at=after(11))

    assert louis.board(after(11)) == [("Ana Ruiz", None)]
    assert said(rivertown)[1:] == [("agent Maya Okafor", "relay.dial_released")]
    assert taken(louis, task, at=after(12)) != dial


def test_who_vanished_is_taken_over_after_three_minutes(
    rivertown: Place, maya: Agent, louis: Agent, task: UUID
) -> None:
    maya.take(task)

    with pytest.raises(DialTaken):
        louis.take(task, at=after(179))
    louis.take(task, at=after(180))

    assert louis.board(after(181)) == [("Ana Ruiz", "Louis Tremblay")]
    assert [attempt.status for attempt in rivertown.attempts()] == [
        "ambiguous",
        "intended",
    ]


def test_the_overdue_come_first_then_the_gravest(rivertown: Place, maya: Agent) -> None:
    rivertown.promise(
        relay(**BY_HAND, key="late", level=3, due_at=after(-3600)),
        relay(**BY_HAND | TO_DAN | {"key": "grave"}, due_at=after(-10)),
    )

    assert maya.board() == [("Ana Ruiz", None), ("Dan Ortiz", None)]


def test_a_text_is_nothing_to_dial(rivertown: Place, maya: Agent) -> None:
    rivertown.promise(relay())

    assert maya.board() == []
    with pytest.raises(NotFound):
        maya.take(the_only(rivertown).id)


def test_another_towns_agent_has_neither_the_call_nor_the_word(
    desk: Place, aurore: Place, maya: Agent, task: UUID
) -> None:
    dial = taken(maya, task)
    theirs = hired(Place(desk.database, aurore.tenant_id), "Nemo Noone")

    assert theirs.board() == []
    with pytest.raises(NotFound):
        theirs.take(task)
    with pytest.raises(NotFound):
        theirs.says(task, dial, Reported(result="accepted"))
    outsider = Agent(desk, theirs.person)
    with pytest.raises(NotFound):
        outsider.take(task)


def test_a_code_that_was_texted_before_is_left_on_a_machine(
    rivertown: Place, carrier: RecordingCarrier, maya: Agent
) -> None:
    rivertown.promise(relay(), relay(**BY_HAND, key="run/1/0/ana/agent"))
    notify.send_due(rivertown.database, carrier.everywhere(), at=NIGHT)
    with town(rivertown.database, rivertown.tenant_id) as db:
        by_hand = db.rows(Notification).where(Notification.channel == "agent")
        task = db.session.scalars(by_hand).one().id

    dial = maya.take(task)

    assert dial is not None
    assert "Your code is 4 1." in dial.voicemail
    assert DAN not in dial.voicemail
