"""I23: each attempt and each answer has its row in the log, and the chain verifies."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator

import pytest

import escalation
import notify
from notify import Answer, Attempt
from notify.channels.recording import RecordingCarrier
from notify.message import AnswerKind
from tests.escalation.ladders import minutes
from tests.escalation.relays import messages_to
from tests.plugs import plugged
from tickets import Ticket
from townline import proof
from townline.db import Database
from townline.tenancy import TenantSession

# Who says what, and when, of a ladder that asks Dan first and then Ana.
SAID: tuple[tuple[str, AnswerKind, float, str], ...] = (
    ("dan-ortiz", "decline", 6.0, "relay.declined"),
    ("ana-ruiz", "accept", 7.0, "relay.accepted"),
    ("ana-ruiz", "accept", 8.0, "relay.stale_answer"),
    ("dan-ortiz", "accept", 9.0, "relay.stale_answer"),
)


@pytest.fixture
def told(ticket: Ticket, engine_database: Database) -> Iterator[Ticket]:
    """The ladder has climbed two steps, and everybody's telephone has rung."""
    with plugged():
        carrier = RecordingCarrier().everywhere()
        for minute in range(7):
            escalation.tick(engine_database, at=minutes(minute))
            notify.send_due(engine_database, carrier, at=minutes(minute))
        yield ticket


def test_every_attempt_has_its_row(riverton: TenantSession, told: Ticket) -> None:
    attempts = riverton.session.scalars(riverton.rows(Attempt)).all()

    logged = [
        entry.told()["attempt"]
        for entry in proof.timeline(riverton, told.id)
        if entry.event == "relay.attempted"
    ]
    assert len(attempts) > 3
    assert sorted(logged, key=str) == sorted(str(each.id) for each in attempts)


def test_every_answer_has_its_row_and_the_chain_verifies(
    riverton: TenantSession, told: Ticket
) -> None:
    for contact, kind, minute, _ in SAID:
        message = messages_to(riverton, contact)[0]
        said = Answer(kind=kind, via="sms", name=message.recipient_name)
        notify.answer(riverton, message, said, at=minutes(minute))
        riverton.session.commit()

    logged = Counter(entry.event for entry in proof.timeline(riverton, told.id))
    expected = Counter(event for *_, event in SAID)
    assert {event: logged[event] for event in expected} == expected
    assert proof.verify(riverton).broken_at is None
