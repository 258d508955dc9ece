"""What agents do: by their own key, by their calls, and by falling silent."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest
from sqlalchemy import select

import calls
from calls import Call, jobs, presence
from calls.presence.models import AgentSpell
from calls.presence.rules import GONE_AFTER, State, after_a_call, works
from tests.accounts import quickly_opened
from tests.calls.cast import HELEN, RIVERTON_LINE
from tests.conftest import NIGHT
from townline import auth
from townline.auth import Person
from townline.db import Database
from townline.proof import Actor
from townline.tenancy import TenantSession, town

SID = "CA1"


@pytest.fixture
def hired(
    database: Database, towns: dict[str, UUID], clean: None, maya: Person
) -> Person:
    """Maya, with an account that serves Riverton alone."""
    with database.everybody() as session:
        account = quickly_opened(
            session, maya.email, name=maya.name, password="night-and-day"
        )
    with town(database, towns["riverton"]) as db:
        auth.grant(db, account.id, role="agent", at=NIGHT)
    return replace(maya, account_id=account.id)


def here(database: Database, who: Person, *, seconds: float = 0) -> State:
    at = NIGHT + timedelta(seconds=seconds)
    with database.everybody() as session:
        return presence.here(session, who, at=at).state


def state(database: Database, who: Person) -> State:
    with database.everybody() as session:
        found = presence.state_of(session, who.account_id)
        assert found is not None
        return found.state


def free(database: Database, tenant_id: UUID, *, seconds: float = 0) -> int:
    at = NIGHT + timedelta(seconds=seconds)
    with town(database, tenant_id) as db:
        return calls.agents_free(db.session, tenant_id, at)


def rung(db: TenantSession) -> Call:
    call = calls.arrive(
        db, SID, line=RIVERTON_LINE, caller=HELEN, language="en", at=NIGHT
    )
    call.queued_at = NIGHT
    db.session.commit()
    return call


def test_an_agent_whose_page_is_open_is_free_for_their_towns_only(
    database: Database, towns: dict[str, UUID], hired: Person
) -> None:
    for _ in ("one page", "and another, of another process"):
        assert here(database, hired) == "ready"

    assert free(database, towns["riverton"]) == 1
    assert free(database, towns["sainte-aurore"]) == 0


def test_a_supervisor_looks_on_and_takes_no_call_unasked(
    database: Database, hired: Person
) -> None:
    supervisor = replace(hired, roles=dict.fromkeys(hired.roles, "supervisor"))

    assert here(database, supervisor) == "away"


@pytest.mark.parametrize("chosen", presence.CHOICES)
def test_a_state_is_chosen_by_hand(
    database: Database, hired: Person, chosen: presence.Chosen
) -> None:
    here(database, hired)

    with database.everybody() as session:
        presence.choose(session, hired, chosen, at=NIGHT)

    assert state(database, hired) == chosen


def test_calls_set_the_rest(
    database: Database, riverton: TenantSession, hired: Person
) -> None:
    here(database, hired)
    call, seen = rung(riverton), []
    agent = Actor("agent", hired.name)

    def look() -> None:
        riverton.session.commit()
        seen.append((state(database, hired), free(database, riverton.tenant_id)))

    calls.claim(riverton, call.id, by=hired, at=NIGHT)
    look()
    calls.connected(riverton, call.id, at=NIGHT)
    calls.end(riverton, SID, at=NIGHT + timedelta(minutes=3))
    look()
    done = NIGHT + timedelta(minutes=4)
    calls.wrap_up(riverton, call.id, "information_given", by=agent, at=done)
    look()

    assert seen == [("on_call", 0), ("wrap_up", 0), ("ready", 1)]
    with database.everybody() as session:
        spells = session.scalars(select(AgentSpell).order_by(AgentSpell.since)).all()
    assert [(each.state, each.until - each.since) for each in spells][-2:] == [
        ("on_call", timedelta(minutes=3)),
        ("wrap_up", timedelta(minutes=1)),
    ]


def test_a_break_that_is_chosen_on_a_call_begins_after_it(
    database: Database, riverton: TenantSession, hired: Person
) -> None:
    call = rung(riverton)
    calls.claim(riverton, call.id, by=hired, at=NIGHT)
    riverton.session.commit()
    with database.everybody() as session:
        presence.choose(session, hired, "break", at=NIGHT)
    assert state(database, hired) == "on_call"

    calls.release(riverton, call.id, at=NIGHT)
    riverton.session.commit()

    assert state(database, hired) == "break"


def test_a_browser_that_is_gone_for_good_makes_its_agent_away(
    database: Database,
    engine_database: Database,
    towns: dict[str, UUID],
    hired: Person,
) -> None:
    here(database, hired)
    gone = GONE_AFTER.total_seconds() + 1

    assert free(database, towns["riverton"], seconds=gone) == 0
    marked = [
        jobs.miss_agents(engine_database, at=NIGHT + timedelta(seconds=gone))
        for _ in ("one worker", "another")
    ]

    assert (marked, state(database, hired)) == ([1, 0], "away")


def test_whoever_comes_back_is_what_they_were(
    database: Database, engine_database: Database, hired: Person
) -> None:
    here(database, hired)
    jobs.miss_agents(engine_database, at=NIGHT + timedelta(minutes=5))

    assert here(database, hired, seconds=301) == "ready"


def test_nobody_is_missed_while_any_page_of_theirs_answers(
    database: Database, engine_database: Database, hired: Person
) -> None:
    for seconds in (0, 15, 30, 45, 60, 40):  # the last came late
        here(database, hired, seconds=seconds)

    assert jobs.miss_agents(engine_database, at=NIGHT + timedelta(seconds=110)) == 0


def test_whoever_has_signed_out_is_ready_when_they_sign_in_again(
    database: Database, hired: Person
) -> None:
    here(database, hired)
    with database.everybody() as session:
        presence.sign_out(session, hired, at=NIGHT)
    assert state(database, hired) == "signed_out"

    assert here(database, hired, seconds=1) == "ready"


def test_a_call_that_another_agent_takes_over_frees_the_first(
    database: Database, riverton: TenantSession, hired: Person, louis: Person
) -> None:
    call = rung(riverton)
    for who, seconds in ((hired, 0), (louis, 46)):
        at = NIGHT + timedelta(seconds=seconds)
        calls.claim(riverton, call.id, by=who, at=at)
        riverton.session.commit()

    assert (state(database, hired), state(database, louis)) == ("ready", "on_call")


@pytest.mark.parametrize(
    ("chosen", "then", "working"),
    [
        pytest.param("ready", "ready", "ready", id="ready stays ready"),
        pytest.param("break", "break", "ready", id="who takes a call has no break"),
        pytest.param("away", "away", "away", id="a supervisor goes back to looking on"),
        pytest.param("signed_out", "away", "ready", id="nobody leaves by a call"),
    ],
)
def test_what_comes_after_a_call(
    chosen: presence.Chosen, then: State, working: presence.Chosen
) -> None:
    assert (after_a_call(chosen), works(chosen)) == (then, working)
