"""A test relay goes the way an emergency goes, and is answered by whoever got it."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

import escalation
import notify
from escalation import DrillListener, TooManyDrills, Wanted
from notify import IncomingText
from notify.channels import DeliveryFailed
from notify.channels.recording import RecordingCarrier
from tests.conftest import NIGHT
from townline import proof
from townline.db import Database
from townline.errors import NotFound
from townline.proof import Actor
from townline.tenancy import town

PRIYA = Actor("town", "Priya Nair")
LINE = "+13125550100"
PHONE = Wanted(name="Priya Nair", phone="+13125550177", how="sms")


@pytest.fixture
def carrier() -> RecordingCarrier:
    notify.LISTENERS["test"] = DrillListener()
    return RecordingCarrier()


def tried(database: Database, home: UUID, carrier: RecordingCarrier) -> UUID:
    with town(database, home) as db:
        drill_id = escalation.drill(db, PHONE, by=PRIYA, at=NIGHT)
    notify.send_due(database, carrier.everywhere(), at=NIGHT)
    return drill_id


def test_whoever_gets_it_answers_with_the_code_and_is_thanked(
    engine_database: Database,
    towns: dict[str, UUID],
    clean: None,
    carrier: RecordingCarrier,
) -> None:
    drill_id = tried(engine_database, towns["riverton"], carrier)
    [sent] = carrier.sent
    code = sent.body.split("Reply ")[1].split()[0]

    with town(engine_database, towns["riverton"]) as db:
        assert escalation.how_it_came(db, drill_id).came == "sent"
        text = IncomingText(ours=LINE, theirs=PHONE.phone, body=code)
        said = notify.hear(db, text, at=NIGHT + timedelta(minutes=1))

    assert "Nothing has happened." in sent.body
    assert said.startswith("Thank you.")
    with town(engine_database, towns["riverton"]) as db:
        assert escalation.how_it_came(db, drill_id).came == "answered"
        events = [each.event for each in proof.timeline(db, drill_id)]
    assert events == ["relay.drilled", "relay.drill_answered"]


def test_a_telephone_that_takes_nothing_is_said_to_have_failed(
    engine_database: Database,
    towns: dict[str, UUID],
    clean: None,
    carrier: RecordingCarrier,
) -> None:
    carrier.refusals.append(DeliveryFailed("fix_contact", "21211"))

    drill_id = tried(engine_database, towns["riverton"], carrier)

    with town(engine_database, towns["riverton"]) as db:
        drill = escalation.how_it_came(db, drill_id)
        events = [each.event for each in proof.timeline(db, drill_id)]
    assert (drill.came, bool(drill.why)) == ("failed", True)
    assert events[-1] == "relay.drill_failed"


def test_one_telephone_is_tried_three_times_an_hour(
    engine_database: Database,
    towns: dict[str, UUID],
    clean: None,
    carrier: RecordingCarrier,
) -> None:
    home = towns["riverton"]
    for _ in range(3):
        tried(engine_database, home, carrier)

    with pytest.raises(TooManyDrills):
        tried(engine_database, home, carrier)

    with town(engine_database, home) as db:
        escalation.drill(db, PHONE, by=PRIYA, at=NIGHT + timedelta(hours=1))


def test_another_towns_test_is_not_there(
    engine_database: Database,
    towns: dict[str, UUID],
    clean: None,
    carrier: RecordingCarrier,
) -> None:
    drill_id = tried(engine_database, towns["riverton"], carrier)

    with town(engine_database, towns["sainte-aurore"]) as db:
        for unknown in (drill_id, uuid4()):
            with pytest.raises(NotFound):
                escalation.how_it_came(db, unknown)
