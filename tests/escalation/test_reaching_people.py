"""The whole way: a ladder, real sending, a carrier that records, and human answers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

import pytest

import escalation
import notify
from notify import Answer, Notification
from notify.channels import DeliveryFailed
from notify.channels.recording import RecordingCarrier
from tests.escalation.ladders import minutes
from tests.escalation.relays import messages_to, standing, timeline
from tickets import Ticket
from townline.db import Database
from townline.tenancy import TenantSession


@dataclass(frozen=True, slots=True)
class Worker:
    """Looks at the ladders, then sends: as ``townline work`` does every second."""

    database: Database
    carrier: RecordingCarrier

    def work(self, *, until: float) -> None:
        for half_minute in range(int(until * 2) + 1):
            at = minutes(half_minute / 2)
            escalation.tick(self.database, at=at)
            notify.send_due(self.database, self.carrier.everywhere(), at=at)

    @property
    def reached(self) -> list[tuple[str, str]]:
        return [(parcel.channel, parcel.theirs) for parcel in self.carrier.sent]


@pytest.fixture
def worker(engine_database: Database) -> Iterator[Worker]:
    before = dict(notify.LISTENERS)
    notify.LISTENERS["relay"] = escalation.RelayListener()
    yield Worker(engine_database, RecordingCarrier())
    notify.LISTENERS.clear()
    notify.LISTENERS.update(before)


def accept(db: TenantSession, message: Notification, *, at: float) -> str:
    said = Answer(kind="accept", via="sms", name=message.recipient_name)
    answer = notify.answer(db, message, said, at=minutes(at))
    db.session.commit()
    return answer


DAN, DANS_MAIL = "+13125550112", "dan.ortiz@riverton.example"
ANA = "+13125550161"


def test_people_are_reached_in_the_order_of_the_ladder(
    riverton: TenantSession, ticket: Ticket, worker: Worker
) -> None:
    worker.work(until=5)

    assert set(worker.reached[:2]) == {("sms", DAN), ("email", DANS_MAIL)}
    assert worker.reached[2] == ("voice", DAN)
    assert set(worker.reached[3:]) == {("sms", ANA), ("voice", ANA)}


def test_once_somebody_has_accepted_nobody_else_is_reached(
    riverton: TenantSession, ticket: Ticket, worker: Worker
) -> None:
    """I2."""
    worker.work(until=1)
    before = worker.reached

    said = accept(riverton, messages_to(riverton, "dan-ortiz")[0], at=1)
    worker.work(until=14)

    assert said.startswith("You have it: Water Main Break")
    assert worker.reached == before


def test_accepting_hangs_up_what_rings_elsewhere(
    riverton: TenantSession, ticket: Ticket, worker: Worker
) -> None:
    worker.work(until=5)

    accept(riverton, messages_to(riverton, "ana-ruiz")[0], at=5)
    notify.send_due(worker.database, worker.carrier.everywhere(), at=minutes(5))

    assert worker.carrier.hung_up != []


def test_what_no_carrier_takes_moves_the_ladder_on_within_one_look(
    riverton: TenantSession, ticket: Ticket, worker: Worker
) -> None:
    """I11."""
    worker.carrier.refusals.extend(
        DeliveryFailed("fix_contact", code="21211") for _ in range(3)
    )

    worker.work(until=3)

    assert ("sms", ANA) in worker.reached
    assert timeline(riverton, ticket.id).count("step_started") == 2


def test_a_text_with_a_code_can_be_answered_by_it(
    riverton: TenantSession, ticket: Ticket, worker: Worker
) -> None:
    worker.work(until=0)
    text = next(
        each for each in messages_to(riverton, "dan-ortiz") if each.channel == "sms"
    )

    said = accept(riverton, text, at=1)

    assert f"Text {text.code} on way when you leave." in said
    assert standing(riverton, ticket.id).state == "accepted"


def test_a_ladder_that_opens_again_reaches_people_again(
    riverton: TenantSession, ticket: Ticket, worker: Worker
) -> None:
    worker.work(until=0)
    accept(riverton, messages_to(riverton, "dan-ortiz")[0], at=1)
    first = len(worker.carrier.sent)

    escalation.tick(worker.database, at=minutes(16))
    notify.send_due(worker.database, worker.carrier.everywhere(), at=minutes(16))

    assert worker.reached[first:] != []
    assert standing(riverton, ticket.id).state == "running"


def test_the_last_resort_is_reached_again_and_again(
    riverton: TenantSession, ticket: Ticket, worker: Worker
) -> None:
    worker.work(until=45)

    rings = [each for each in worker.reached if each == ("voice", "+13125550102")]
    assert len(rings) == 3


def test_who_answers_too_late_hears_who_has_it(
    riverton: TenantSession, ticket: Ticket, worker: Worker
) -> None:
    worker.work(until=5)
    accept(riverton, messages_to(riverton, "ana-ruiz")[0], at=6)

    said = accept(riverton, messages_to(riverton, "dan-ortiz")[0], at=7)

    assert said == "Already taken by Ana Ruiz at 02:18."
