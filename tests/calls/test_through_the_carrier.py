"""Whole calls over the local carrier, with Twilio's own SDK and its signatures."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

import calls
from calls import Call, Exchange
from tests.calls.cast import RIVERTON_LINE, SAINTE_AURORE_LINE
from tests.calls.exchange import Street
from tests.calls.following import ended, the_call, until
from tests.conftest import NIGHT
from townline import proof
from townline.auth import Person
from townline.db import Database
from townline.tenancy import TenantSession, town


def take(database: Database, call: Call, *, by: Person, exchange: Exchange) -> None:
    calls.take(database, call.tenant_id, call.id, by=by, telephony=exchange, at=NIGHT)


def test_a_call_from_the_first_ring_to_the_last_word(
    street: Street,
    exchange: Exchange,
    database: Database,
    towns: dict[str, UUID],
    maya: Person,
) -> None:
    street.helen.ring(RIVERTON_LINE)
    street.helen.wait_until_heard("You are next")
    waiting = the_call(database, towns["riverton"])

    take(database, waiting, by=maya, exchange=exchange)
    street.agent.wait_until_ringing()
    street.agent.answer()
    street.agent.wait_until_connected()
    street.agent.say("Riverton, this is Maya.")
    street.helen.wait_until_heard("this is Maya")
    street.helen.hang_up()

    call = ended(database, towns["riverton"])
    assert street.helen.heard[0].startswith("City of Riverton. City Hall is closed")
    assert street.agent.heard[0] == "City of Riverton"
    assert (call.claimed_by, call.connected_at) == (maya.account_id, NIGHT)
    with town(database, towns["riverton"]) as db:
        events = [entry.event for entry in proof.timeline(db, call.id)]
    assert events == ["call.arrived", "call.claimed", "call.connected", "call.ended"]


def test_a_caller_is_served_in_french(
    street: Street, database: Database, towns: dict[str, UUID]
) -> None:
    street.helen.ring(SAINTE_AURORE_LINE)
    street.helen.wait_until_listened_to()

    street.helen.press("1")

    street.helen.wait_until_heard("Vous êtes le prochain appel")
    assert any("L’hôtel de ville est fermé" in words for words in street.helen.heard)
    assert the_call(database, towns["sainte-aurore"]).language == "fr"


def test_a_caller_whose_agent_is_away_never_leaves_the_line(
    street: Street,
    exchange: Exchange,
    database: Database,
    towns: dict[str, UUID],
    maya: Person,
) -> None:
    street.helen.ring(RIVERTON_LINE)
    street.helen.wait_until_heard("You are next")
    take(database, the_call(database, towns["riverton"]), by=maya, exchange=exchange)
    street.agent.wait_until_ringing()

    street.agent.let_it_ring_out()

    free = until(database, towns["riverton"], lambda call: call.claimed_by is None)
    assert free.connected_at is None
    assert street.helen.call
    assert not street.helen.call.is_over


def test_a_caller_who_has_hung_up_is_not_rung_for(
    street: Street,
    exchange: Exchange,
    riverton: TenantSession,
    database: Database,
    maya: Person,
) -> None:
    gone = calls.arrive(
        riverton,
        "CA" + "0" * 32,
        line=RIVERTON_LINE,
        caller="",
        language="en",
        at=NIGHT - timedelta(minutes=1),
    )
    riverton.session.commit()

    with pytest.raises(calls.CallerHungUp):
        take(database, gone, by=maya, exchange=exchange)

    assert street.agent.call is None
    assert the_call(database, riverton.tenant_id).ended_at == NIGHT


def test_hanging_up_in_line_is_a_missed_call(
    street: Street, database: Database, towns: dict[str, UUID]
) -> None:
    street.helen.ring(RIVERTON_LINE)
    street.helen.wait_until_heard("You are next")

    street.helen.hang_up()

    call = ended(database, towns["riverton"])
    assert (call.ended_at, call.claimed_at) == (NIGHT, None)
