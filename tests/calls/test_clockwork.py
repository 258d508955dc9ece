"""Reports that never came, and recordings whose time is over."""

from __future__ import annotations

from datetime import timedelta

import pytest

import calls
from calls import Call, RecordingExchange
from calls.clockwork import Clockwork
from calls.elsewhere.models import Told
from calls.elsewhere.service import Event, hear
from calls.legs import service as legs
from calls.legs.models import Leg
from calls.recordings import service as recordings
from calls.recordings.models import Recording
from calls.telephony import CallGone, ExchangeDown
from tests.calls.cast import HELEN, RIVERTON_LINE
from tests.conftest import NIGHT
from townline.auth import Person
from townline.db import Database
from townline.tenancy import TenantSession

LATER = NIGHT + timedelta(minutes=5)


@pytest.fixture
def exchange() -> RecordingExchange:
    return RecordingExchange()


@pytest.fixture
def call(riverton: TenantSession, maya: Person) -> Call:
    """Helen and Maya are on the line, by all we know."""
    call = calls.arrive(
        riverton, "CA1", line=RIVERTON_LINE, caller=HELEN, language="en", at=NIGHT
    )
    calls.claim(riverton, call.id, by=maya, at=NIGHT)
    calls.connected(riverton, call.id, at=NIGHT)
    riverton.session.commit()
    return call


def a_round(database: Database, exchange: RecordingExchange) -> None:
    Clockwork(exchange)(database, at=LATER)


def test_a_hold_that_was_never_done_is_taken_back(
    engine_database: Database,
    riverton: TenantSession,
    call: Call,
    exchange: RecordingExchange,
) -> None:
    call.held_since = NIGHT
    riverton.session.commit()

    a_round(engine_database, exchange)

    riverton.session.rollback()
    assert riverton.get(Call, call.id, lock=True).held_since is None


def test_a_hold_that_goes_on_goes_on(
    engine_database: Database,
    riverton: TenantSession,
    call: Call,
    exchange: RecordingExchange,
) -> None:
    call.held_since = NIGHT
    riverton.session.commit()
    exchange.held.add(call.sid)

    a_round(engine_database, exchange)

    riverton.session.rollback()
    assert riverton.get(Call, call.id, lock=True).held_since == NIGHT


def test_whoever_was_asked_for_and_never_heard_of_is_given_up(
    engine_database: Database,
    riverton: TenantSession,
    call: Call,
    exchange: RecordingExchange,
) -> None:
    leg = legs.ask_agent(riverton, call, "+13125550190", at=NIGHT)
    riverton.session.commit()

    a_round(engine_database, exchange)

    riverton.session.rollback()
    assert riverton.get(Leg, leg.id, lock=True).outcome == "failed"


def test_a_caller_alone_in_a_room_is_fetched_out_of_it(
    engine_database: Database,
    riverton: TenantSession,
    call: Call,
    exchange: RecordingExchange,
) -> None:
    call.room = "CF1"
    riverton.session.commit()

    a_round(engine_database, exchange)

    assert ("send_back", "CA1") in exchange.asked


@pytest.mark.parametrize(
    ("answer", "deleted"),
    [
        pytest.param(None, True, id="deleted there and here"),
        pytest.param(CallGone(), True, id="gone there already"),
        pytest.param(ExchangeDown(), False, id="tried again next time"),
    ],
)
def test_a_recording_is_deleted_when_its_days_are_over(
    engine_database: Database,
    riverton: TenantSession,
    call: Call,
    exchange: RecordingExchange,
    answer: Exception | None,
    deleted: bool,  # noqa: FBT001 - a table's column
) -> None:
    kept = recordings.begun(riverton, call.id, "RE1", at=NIGHT)
    riverton.session.commit()
    exchange.answer = answer

    a_round(engine_database, exchange)

    riverton.session.rollback()
    found = riverton.get(Recording, kept.id, lock=True)
    assert (found.deleted_at is not None) is deleted
    assert exchange.asked == [("delete_recording", "RE1")]


def test_a_recording_whose_days_are_not_over_is_kept(
    engine_database: Database,
    riverton: TenantSession,
    call: Call,
    exchange: RecordingExchange,
) -> None:
    kept = recordings.begun(riverton, call.id, "RE1", at=NIGHT)
    kept.delete_at = LATER + timedelta(seconds=1)
    riverton.session.commit()

    a_round(engine_database, exchange)

    assert exchange.asked == []


def test_what_a_system_told_is_forgotten_when_it_cannot_be_repeated(
    engine_database: Database, riverton: TenantSession, exchange: RecordingExchange
) -> None:
    told = Event(event_id="1", event="ringing", call="77", line=RIVERTON_LINE)
    hear(riverton, "avaya", told, at=NIGHT)
    riverton.session.commit()

    Clockwork(exchange)(engine_database, at=NIGHT + timedelta(minutes=11))

    assert riverton.session.scalars(riverton.rows(Told)).all() == []
