"""Calls by hand: one agent dials, nobody dials after an acceptance, no word is lost."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from threading import Barrier, Thread
from typing import Any
from uuid import UUID, uuid4

import pytest

import notify
from notify import Dial, DialTaken, Reported
from notify.channels.recording import RecordingCarrier
from notify.models import Notification
from tests.notify.cast import (
    ANA,
    DAN,
    NIGHT,
    TICKET,
    TO_DAN,
    Ear,
    Place,
    after,
    relay,
)
from townline import proof
from townline.auth import Person
from townline.db import Database, new_id
from townline.errors import NotFound
from townline.tenancy import board, town

BY_HAND: dict[str, Any] = {"channel": "agent"}


@dataclass(frozen=True, slots=True)
class Agent:
    """Somebody at the desk: each click a transaction of its own."""

    place: Place
    person: Person

    def board(self, at: datetime = NIGHT) -> list[tuple[str, str | None]]:
        with board(self.place.database, self.person.desk_towns) as session:
            found = notify.to_dial(session, at=at)
        return [(each.name, each.agent) for each in found]

    def take(self, task: UUID, *, at: datetime = NIGHT) -> Dial | None:
        with town(self.place.database, self.place.tenant_id) as db:
            dial = notify.take_dial(db, task, by=self.person, at=at)
            db.session.flush()
            db.session.expunge_all()
        return dial

    def says(
        self, task: UUID, dial: UUID, word: Reported, *, at: datetime = NIGHT
    ) -> Dial:
        with town(self.place.database, self.place.tenant_id) as db:
            told = notify.record_dial(db, task, dial, word, by=self.person, at=at)
            db.session.flush()
            db.session.expunge_all()
        return told

    def gives_back(self, task: UUID, *, at: datetime = NIGHT) -> None:
        with town(self.place.database, self.place.tenant_id) as db:
            notify.release_dial(db, task, by=self.person, at=at)


def hired(place: Place, name: str) -> Agent:
    roles = {place.tenant_id: "agent"}
    return Agent(place, Person(uuid4(), name, "", "en", None, roles))


@pytest.fixture
def desk(database: Database, rivertown: Place) -> Place:
    """Riverton as agents reach it: not with a worker's rights."""
    return Place(database, rivertown.tenant_id)


@pytest.fixture
def maya(desk: Place) -> Agent:
    return hired(desk, "Maya Okafor")


@pytest.fixture
def louis(desk: Place) -> Agent:
    return hired(desk, "Louis Tremblay")


@pytest.fixture
def task(rivertown: Place) -> UUID:
    """Ana is to be rung by hand, now."""
    rivertown.promise(relay(**BY_HAND))
    return the_only(rivertown).id


def the_only(place: Place) -> Notification:
    with town(place.database, place.tenant_id) as db:
        return db.session.scalars(db.rows(Notification)).one()


def taken(agent: Agent, task: UUID, *, at: datetime = NIGHT) -> UUID:
    dial = agent.take(task, at=at)
    assert dial is not None
    return dial.id


def said(place: Place) -> list[tuple[str, str]]:
    """Who said what, as the ticket's log has it."""
    with town(place.database, place.tenant_id) as db:
        entries = proof.timeline(db, TICKET)
        return [(each.actor, each.event) for each in entries]


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
