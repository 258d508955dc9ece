"""A relay follows its ticket, and hears what people answer to it."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

import escalation
import tickets
from notify import Answer, Notification
from notify.message import AnswerKind
from tests.escalation.conftest import main_break
from tests.escalation.ladders import NIGHT, minutes
from tests.escalation.relays import messages_to, promised, standing, timeline
from tickets import Ticket
from townline.proof import Actor
from townline.tenancy import TenantSession

ANA = Actor("crew", "Ana Ruiz")


@pytest.fixture(autouse=True)
def plugged() -> Iterator[None]:
    """As the entrypoints do it."""
    before = tickets.WATCHERS[:]
    tickets.WATCHERS[:] = [escalation.TicketWatcher()]
    yield
    tickets.WATCHERS[:] = before


@pytest.fixture
def opened(riverton: TenantSession) -> Ticket:
    ticket = main_break(riverton)
    riverton.session.commit()
    return ticket


def answer(
    db: TenantSession,
    kind: AnswerKind,
    *,
    contact: str = "dan-ortiz",
    note: str = "",
    at: float = 1,
) -> str:
    notification = _text_to(db, contact)
    said = Answer(kind=kind, via="sms", name=notification.recipient_name, note=note)
    listener = escalation.RelayListener()
    return listener.answered(db, notification, said, at=minutes(at))


def _text_to(db: TenantSession, contact: str) -> Notification:
    notification = messages_to(db, contact)[0]
    notification.code = "41"
    return notification


def test_opening_a_ticket_starts_its_relay(
    riverton: TenantSession, opened: Ticket
) -> None:
    assert (0, "Dan Ortiz", "sms") in promised(riverton)


def test_closing_a_ticket_ends_its_relay(
    riverton: TenantSession, opened: Ticket
) -> None:
    tickets.close(
        riverton, opened.id, reason="duplicate", note="Elm St.", by=ANA, at=minutes(1)
    )

    assert standing(riverton, opened.id).state == "closed"


def test_a_text_accepts(riverton: TenantSession, opened: Ticket) -> None:
    said = answer(riverton, "accept")

    assert said.endswith("Text 41 on way when you leave.")
    assert standing(riverton, opened.id).state == "accepted"


def test_a_text_declines(riverton: TenantSession, opened: Ticket) -> None:
    said = answer(riverton, "decline")

    assert said == "Noted, thank you. Somebody else is asked now."
    assert (1, "Ana Ruiz", "sms") in promised(riverton)


def test_progress_is_a_milestone_and_tells_what_to_write_next(
    riverton: TenantSession, opened: Ticket
) -> None:
    answer(riverton, "accept")

    said = [
        answer(riverton, "on_the_way", at=2),
        answer(riverton, "on_site", at=3),
    ]

    assert said == [
        "Noted, thank you. Text 41 on site when you are there.",
        "Noted, thank you. Text 41 done when it is finished.",
    ]
    marked = [each.kind for each in tickets.milestones(riverton, opened.id)]
    assert marked == ["on_the_way", "on_site"]
    assert standing(riverton, opened.id).due == {}


def test_progress_of_somebody_who_does_not_have_it_is_stale(
    riverton: TenantSession, opened: Ticket
) -> None:
    run = standing(riverton, opened.id)
    escalation.accept(
        riverton, run.run_id, contact="ana-ruiz", via="voice", at=minutes(1)
    )

    said = answer(riverton, "on_the_way", at=2)

    assert said == "Already taken by Ana Ruiz at 02:13."
    assert tickets.milestones(riverton, opened.id) == []
    assert timeline(riverton, opened.id)[-1] == "stale_answer"


def test_done_without_the_proof_it_needs_is_asked_for(
    riverton: TenantSession, opened: Ticket
) -> None:
    answer(riverton, "accept")

    said = answer(riverton, "done", note="Main clamped.", at=9)

    assert said.startswith("Add a photo of the finished work first")
    assert standing(riverton, opened.id).due == {}


def test_done_is_thanked_for(riverton: TenantSession, opened: Ticket) -> None:
    answer(riverton, "accept")

    assert answer(riverton, "done", at=9) == "Noted, thank you."


def test_a_milestone_marked_on_a_page_meets_the_deadline(
    riverton: TenantSession, opened: Ticket
) -> None:
    answer(riverton, "accept")

    tickets.mark(riverton, opened.id, "on_site", by=ANA, at=minutes(9))

    assert standing(riverton, opened.id).due == {}


def test_a_milestone_on_an_open_ladder_names_who_is_there(
    riverton: TenantSession, opened: Ticket
) -> None:
    tickets.mark(riverton, opened.id, "on_site", by=ANA, at=minutes(3))

    [holder] = standing(riverton, opened.id).holders
    assert (holder.name, holder.via) == ("Ana Ruiz", "on_site")


def test_an_agents_word_stops_the_ladder_without_a_name(
    riverton: TenantSession, opened: Ticket
) -> None:
    maya = Actor("agent", "Maya Okafor")

    tickets.mark(riverton, opened.id, "on_the_way", by=maya, at=minutes(3))

    assert standing(riverton, opened.id).state == "accepted"
    assert standing(riverton, opened.id).holders == ()


def test_what_fails_moves_the_ladder_on(
    riverton: TenantSession, opened: Ticket
) -> None:
    listener = escalation.RelayListener()

    for message in messages_to(riverton, "dan-ortiz"):
        listener.failed(riverton, message, "voicemail", at=minutes(1))

    assert (1, "Ana Ruiz", "sms") in promised(riverton)


def test_a_message_that_belongs_to_no_relay_is_nobodys(
    riverton: TenantSession, opened: Ticket
) -> None:
    message = _text_to(riverton, "dan-ortiz")
    message.fence_id = None
    said = Answer(kind="accept", via="sms", name="Dan Ortiz")
    listener = escalation.RelayListener()

    listener.failed(riverton, message, "busy", at=NIGHT)

    assert listener.answered(riverton, message, said, at=NIGHT) == ""
    assert standing(riverton, opened.id).state == "running"
