"""One key: who is next, and that no two agents ever get the same caller."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from dataclasses import replace
from datetime import timedelta
from threading import Barrier
from uuid import UUID

import pytest

import calls
from calls import Call, RecordingExchange, jobs, presence
from tests.accounts import quickly_opened
from tests.calls.cast import HELEN, RIVERTON_LINE, agent
from tests.conftest import NIGHT
from townline import proof
from townline.auth import Person
from townline.db import Database
from townline.tenancy import TenantSession, board, town


def queued(
    database: Database,
    tenant_id: UUID,
    sid: str,
    *,
    after: int = 0,
    language: str = "en",
    priority: int = 3,
) -> UUID:
    """A caller who has stood in line since so many seconds after the night began."""
    at = NIGHT + timedelta(seconds=after)
    with town(database, tenant_id) as db:
        call = calls.arrive(
            db, sid, line=RIVERTON_LINE, caller=HELEN, language=language, at=at
        )
        call.queued_at, call.priority = at, priority
        db.session.flush()
        return call.id


def takes(database: Database, who: Person, *, after: int = 30) -> Call:
    at = NIGHT + timedelta(seconds=after)
    return calls.take_next(database, by=who, telephony=RecordingExchange(), at=at)


def speaking(database: Database, who: Person, *languages: str) -> Person:
    """The same agent, with an account that says what they speak."""
    with database.everybody() as session:
        account = quickly_opened(
            session, who.email, name=who.name, password="night-and-day"
        )
        presence.speaks(session, account.id, languages)
        return replace(who, account_id=account.id)


def test_the_longest_wait_comes_first(
    database: Database, towns: dict[str, UUID], clean: None, maya: Person
) -> None:
    queued(database, towns["sainte-aurore"], "CA2", after=5)
    first = queued(database, towns["riverton"], "CA1", after=1)

    assert takes(database, maya).id == first


def test_an_emergency_comes_before_everybody(
    database: Database, towns: dict[str, UUID], clean: None, maya: Person
) -> None:
    queued(database, towns["riverton"], "CA1")
    wires = queued(database, towns["sainte-aurore"], "CA2", after=20, priority=1)

    assert takes(database, maya).id == wires


def test_an_agent_gets_callers_of_their_own_towns_only(
    database: Database, towns: dict[str, UUID], clean: None
) -> None:
    tom = agent("Tom Hale", towns["riverton"])
    queued(database, towns["sainte-aurore"], "CA2", language="fr")

    with pytest.raises(calls.NobodyWaits):
        takes(database, tom)


@pytest.mark.parametrize(
    ("after", "language"),
    [
        pytest.param(30, "en", id="first whoever the agent can speak with"),
        pytest.param(60, "fr", id="but nobody waits a minute for a language"),
    ],
)
def test_languages_are_preferred_until_somebody_waits_too_long(
    database: Database,
    towns: dict[str, UUID],
    clean: None,
    maya: Person,
    after: int,
    language: str,
) -> None:
    account = speaking(database, maya, "en")
    queued(database, towns["sainte-aurore"], "CA1", language="fr")
    queued(database, towns["riverton"], "CA2", after=10)

    assert takes(database, account, after=after).language == language


def test_two_agents_who_press_at_once_get_two_callers(
    database: Database, towns: dict[str, UUID], clean: None
) -> None:
    for number in range(6):
        queued(database, towns["riverton"], f"CA{number}", after=number)
    desk = [agent(f"Agent {number}", *towns.values()) for number in range(6)]
    together = Barrier(len(desk))

    def press(who: Person) -> UUID:
        together.wait()
        return takes(database, who).id

    with ThreadPoolExecutor(len(desk)) as rooms:
        taken = list(rooms.map(press, desk))

    assert len(set(taken)) == len(desk)


def test_one_agent_who_presses_twice_at_once_gets_one_caller(
    database: Database, towns: dict[str, UUID], clean: None, maya: Person
) -> None:
    for number in range(3):
        queued(database, towns["riverton"], f"CA{number}", after=number)
    together = Barrier(2)

    def press(after: int) -> UUID:
        together.wait()
        return takes(database, maya, after=after).id

    with ThreadPoolExecutor(2) as hands:
        taken = set(hands.map(press, (30, 31)))

    assert len(taken) == 1


def test_whoever_is_on_a_call_is_led_back_to_it(
    database: Database, towns: dict[str, UUID], clean: None, maya: Person
) -> None:
    first = queued(database, towns["riverton"], "CA1")
    queued(database, towns["sainte-aurore"], "CA2", after=1)
    takes(database, maya)

    assert takes(database, maya, after=40).id == first


def test_who_has_no_telephone_leaves_the_caller_in_line(
    database: Database, towns: dict[str, UUID], clean: None, maya: Person
) -> None:
    call_id = queued(database, towns["riverton"], "CA1")

    with pytest.raises(calls.NoExtension):
        takes(database, replace(maya, extension=None))

    with town(database, towns["riverton"]) as db:
        assert calls.get(db, call_id).claimed_by is None


def test_a_claim_that_ran_out_goes_back_in_line_for_all_to_see(
    database: Database,
    engine_database: Database,
    towns: dict[str, UUID],
    clean: None,
    maya: Person,
) -> None:
    call_id = queued(database, towns["riverton"], "CA1")
    takes(database, maya, after=1)

    for seconds in (46, 47):
        jobs.put_back(engine_database, at=NIGHT + timedelta(seconds=seconds))

    with board(database, towns.values()) as session:
        [waits] = calls.waiting(session, at=NIGHT + timedelta(seconds=47))
    assert (waits.id, waits.claimed_by_name) == (call_id, None)
    assert waits.back_from is not None
    with town(database, towns["riverton"]) as db:
        events = [each.event for each in proof.timeline(db, call_id)]
    assert events == ["call.arrived", "call.claimed", "call.released"]


def test_a_claim_that_holds_is_left_alone(
    database: Database,
    engine_database: Database,
    towns: dict[str, UUID],
    clean: None,
    maya: Person,
    riverton: TenantSession,
) -> None:
    call_id = queued(database, towns["riverton"], "CA1")
    takes(database, maya, after=1)

    assert jobs.put_back(engine_database, at=NIGHT + timedelta(seconds=46)) == 0

    assert calls.get(riverton, call_id).claimed_by == maya.account_id
