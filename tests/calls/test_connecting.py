from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import datetime, timedelta
from threading import Barrier
from uuid import UUID

import pytest

import calls
from calls import Call, RecordingExchange
from calls.telephony import CallGone, ExchangeDown
from tests.calls.cast import AGENT, HELEN, RIVERTON_LINE
from tests.conftest import NIGHT
from townline.auth import Person
from townline.db import Database
from townline.errors import NotFound
from townline.tenancy import TenantSession, town

pytestmark = pytest.mark.usefixtures("clean")


@pytest.fixture
def call(riverton: TenantSession) -> Call:
    """Helen Marsh waits on Riverton's line."""
    call = calls.arrive(
        riverton, "CA1", line=RIVERTON_LINE, caller=HELEN, language="en", at=NIGHT
    )
    riverton.session.commit()
    return call


def take(
    database: Database,
    call: Call,
    *,
    by: Person,
    exchange: RecordingExchange,
    at: datetime = NIGHT,
) -> Call:
    return calls.take(
        database, call.tenant_id, call.id, by=by, telephony=exchange, at=at
    )


def now(database: Database, call: Call) -> Call:
    with town(database, call.tenant_id) as db:
        return calls.get(db, call.id)


def test_the_agents_phone_rings_once_the_call_is_theirs(
    database: Database, call: Call, maya: Person
) -> None:
    exchange = RecordingExchange()

    take(database, call, by=maya, exchange=exchange)

    (wish,) = exchange.wishes
    assert (wish.sid, wish.extension, wish.line) == ("CA1", AGENT, RIVERTON_LINE)
    assert now(database, call).claimed_by == maya.account_id


def test_a_second_agent_rings_nobody(
    database: Database, call: Call, maya: Person, louis: Person
) -> None:
    take(database, call, by=maya, exchange=RecordingExchange())
    exchange = RecordingExchange()

    with pytest.raises(calls.CallAlreadyTaken):
        take(database, call, by=louis, exchange=exchange)

    assert exchange.wishes == []


def test_two_agents_at_once_ring_one_phone(
    database: Database, call: Call, maya: Person, louis: Person
) -> None:
    exchange, both_ready = RecordingExchange(), Barrier(2)

    def press(by: Person) -> str:
        both_ready.wait(timeout=10)
        try:
            take(database, call, by=by, exchange=exchange)
        except calls.CallAlreadyTaken:
            return "too late"
        return "taken"

    with ThreadPoolExecutor(2) as pool:
        outcomes = sorted(pool.map(press, (maya, louis)))

    assert outcomes == ["taken", "too late"]
    assert len(exchange.wishes) == 1


def test_an_agent_learns_that_the_caller_has_hung_up(
    database: Database, call: Call, maya: Person
) -> None:
    with pytest.raises(calls.CallerHungUp):
        take(database, call, by=maya, exchange=RecordingExchange(answer=CallGone()))

    assert now(database, call).ended_at == NIGHT


def test_a_call_that_cannot_be_put_through_goes_back_in_line(
    database: Database, call: Call, maya: Person, louis: Person
) -> None:
    with pytest.raises(calls.NotPutThrough):
        take(database, call, by=maya, exchange=RecordingExchange(answer=ExchangeDown()))

    assert now(database, call).claimed_by is None
    take(database, call, by=louis, exchange=RecordingExchange())
    assert now(database, call).claimed_by == louis.account_id


def test_a_second_press_does_not_start_the_ringing_anew(
    database: Database, call: Call, maya: Person
) -> None:
    exchange = RecordingExchange()
    take(database, call, by=maya, exchange=exchange)

    take(database, call, by=maya, exchange=exchange, at=NIGHT + timedelta(seconds=1))

    assert len(exchange.wishes) == 1


def test_a_failure_that_was_none_does_not_interrupt_a_talk(
    database: Database, call: Call, maya: Person
) -> None:
    """The exchange obeyed and its answer was lost: the agent has picked up already."""
    with town(database, call.tenant_id) as db:
        calls.claim(db, call.id, by=maya, at=NIGHT)
        calls.connected(db, call.id, at=NIGHT)

        calls.release(db, call.id, at=NIGHT)

    assert now(database, call).claimed_by == maya.account_id


def test_an_agent_without_a_phone_takes_nothing(
    database: Database, call: Call, maya: Person
) -> None:
    without = replace(maya, extension=None)

    with pytest.raises(calls.NoExtension):
        take(database, call, by=without, exchange=RecordingExchange())

    assert now(database, call).claimed_by is None


def test_a_town_cannot_have_anothers_call_put_through(
    database: Database, call: Call, maya: Person, towns: dict[str, UUID]
) -> None:
    exchange = RecordingExchange()

    with pytest.raises(NotFound):
        calls.take(
            database,
            towns["sainte-aurore"],
            call.id,
            by=maya,
            telephony=exchange,
            at=NIGHT,
        )

    assert exchange.wishes == []
