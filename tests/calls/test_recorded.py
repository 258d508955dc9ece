"""A town that has its calls recorded: said first, paused for a card, then gone."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import Engine

import calls
import tenants
from calls import Exchange
from calls.legs.hands import Hand
from calls.recordings import service as recordings
from tenants import examples
from tests.calls.cast import RIVERTON_LINE
from tests.calls.exchange import Street
from tests.calls.following import the_call, until
from tests.conftest import NIGHT
from townline import proof
from townline.auth import Person
from townline.db import Database
from townline.errors import NotFound
from townline.tenancy import TenantSession, town

WORDS = "This call is recorded."
RECORDED = f"""
[recording]
announce.en = "{WORDS}"
keep_days = 30

[[departments]]"""


@pytest.fixture
def recording_town(
    engine_database: Database, towns: dict[str, UUID], sweeper: Engine, clean: None
) -> Iterator[UUID]:
    """Riverton as it would be if its file said so, and afterwards as it was."""
    usual = examples.text("riverton")
    asked = usual.replace("\n[[departments]]", RECORDED, 1)
    for text in (asked, usual):
        with engine_database.everybody() as session:
            tenants.import_town(
                session, text, author="tests", reason="recording", at=NIGHT
            )
        if text is asked:
            yield towns["riverton"]


def test_whoever_is_recorded_is_told_so_first(
    recording_town: UUID,
    street: Street,
    exchange: Exchange,
    database: Database,
    maya: Person,
) -> None:
    street.helen.ring(RIVERTON_LINE)
    street.helen.wait_until_heard("You are next")
    call = the_call(database, recording_town)
    calls.take(database, recording_town, call.id, by=maya, telephony=exchange, at=NIGHT)
    street.agent.wait_until_ringing()
    street.agent.answer()
    street.helen.wait_until_heard(WORDS)
    street.agent.wait_until_connected()
    street.helen.wait_until_connected()
    hand = Hand(
        database=database, tenant_id=recording_town, by=maya, telephony=exchange,
        at=NIGHT,
    )  # fmt: skip
    until(database, recording_town, lambda _: _begun(database, hand, call.id))

    recordings.pause(hand, call.id)
    street.helen.say("four one one one one one one one one one one one one")
    recordings.resume_recording(hand, call.id)
    street.helen.say("Thank you very much")
    street.helen.hang_up()

    until(database, recording_town, lambda _: _kept(database, hand, call.id))
    with town(database, recording_town) as db:
        [kept] = recordings.of_call(db, call.id)
        events = [entry.event for entry in proof.timeline(db, call.id)]
    # Four words at the carrier's pace: the card number is not among them.
    assert kept.seconds == 2
    assert kept.delete_at == NIGHT + timedelta(days=30)
    assert "call.recording_paused" in events
    assert recordings.listen(hand, kept.id).startswith(b"RIFF")
    recordings.forget_due(database, telephony=exchange, at=NIGHT + timedelta(days=31))


def test_nothing_is_recorded_unless_the_town_wants_it(
    street: Street,
    exchange: Exchange,
    database: Database,
    towns: dict[str, UUID],
    maya: Person,
) -> None:
    tenant_id = towns["riverton"]
    street.helen.ring(RIVERTON_LINE)
    street.helen.wait_until_heard("You are next")
    call = the_call(database, tenant_id)
    calls.take(database, tenant_id, call.id, by=maya, telephony=exchange, at=NIGHT)
    street.agent.wait_until_ringing()
    street.agent.answer()
    street.helen.wait_until_connected()
    street.helen.hang_up()
    until(database, tenant_id, lambda it: it.ended_at is not None)

    with town(database, tenant_id) as db:
        assert recordings.of_call(db, call.id) == []


def test_a_town_cannot_hear_anothers_recording(
    riverton: TenantSession,
    exchange: Exchange,
    database: Database,
    towns: dict[str, UUID],
    maya: Person,
) -> None:
    call = calls.arrive(
        riverton, "CA1", line=RIVERTON_LINE, caller="", language="en", at=NIGHT
    )
    kept = recordings.begun(riverton, call.id, "RE1", at=NIGHT)
    riverton.session.commit()
    theirs = Hand(
        database=database,
        tenant_id=towns["sainte-aurore"],
        by=maya,
        telephony=exchange,
        at=NIGHT,
    )

    for act in (
        lambda: recordings.listen(theirs, kept.id),
        lambda: recordings.pause(theirs, call.id),
        lambda: recordings.resume_recording(theirs, call.id),
    ):
        with pytest.raises(NotFound):
            act()


def _begun(database: Database, hand: Hand, call_id: UUID) -> bool:
    with town(database, hand.tenant_id) as db:
        return recordings.going_on(db, call_id) is not None


def _kept(database: Database, hand: Hand, call_id: UUID) -> bool:
    with town(database, hand.tenant_id) as db:
        found = recordings.of_call(db, call_id)
    return bool(found and found[0].completed_at)
