"""A ladder whose first rung an agent dials: no lock is waited for in a ring."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Engine

import escalation
import notify
from notify import DialResult, Reported
from tests.escalation.conftest import main_break
from tests.escalation.ladders import NIGHT, minutes
from tests.escalation.relays import promised, standing, timeline
from tests.escalation.test_races import accepting, at_once
from tests.tenants.by_hand import ringing_by_hand
from tickets import Ticket
from townline.auth import Person
from townline.db import Database
from townline.tenancy import TenantSession, town


@pytest.fixture
def dialled(
    riverton: TenantSession, engine_database: Database, sweeper: Engine
) -> Iterator[Ticket]:
    """Dan is on call, and waits to be rung by hand about a main break."""
    notify.LISTENERS["relay"] = escalation.RelayListener()
    with ringing_by_hand(engine_database, sweeper, "riverton"):
        ticket = main_break(riverton)
        escalation.start(riverton, ticket, at=NIGHT)
        riverton.session.commit()
        yield ticket
        riverton.session.rollback()


@pytest.fixture
def maya(riverton: TenantSession) -> Person:
    return Person(uuid4(), "Maya Okafor", "", "en", None, {riverton.tenant_id: "agent"})


def task_of(db: TenantSession, ticket: Ticket) -> UUID:
    [task] = notify.dial_tasks(db, ticket.id)
    db.session.commit()
    return task.id


def taken(db: TenantSession, task: UUID, by: Person) -> UUID:
    dial = notify.take_dial(db, task, by=by, at=minutes(1))
    assert dial is not None
    db.session.commit()
    return dial.id


def test_the_step_wait_covers_a_call_that_nobody_makes(
    riverton: TenantSession, dialled: Ticket, engine_database: Database
) -> None:
    assert promised(riverton) == [(0, "Dan Ortiz", "agent")]
    riverton.session.commit()

    escalation.tick(engine_database, at=minutes(5))

    assert (5, "Ana Ruiz", "sms") in promised(riverton)


def test_no_answer_starts_the_next_step_at_once(
    riverton: TenantSession, dialled: Ticket, maya: Person
) -> None:
    task = task_of(riverton, dialled)
    dial = taken(riverton, task, maya)

    no_answer = Reported(result="no_answer")
    notify.record_dial(riverton, task, dial, no_answer, by=maya, at=minutes(2))

    assert (2, "Ana Ruiz", "sms") in promised(riverton)
    assert timeline(riverton, dialled.id) == [
        "started",
        "step_started",
        "attempted",
        "dialled",
        "step_started",
    ]


def test_once_accepted_to_an_agent_nobody_else_is_told(
    riverton: TenantSession, dialled: Ticket, maya: Person
) -> None:
    task = task_of(riverton, dialled)
    dial = taken(riverton, task, maya)

    accepted = Reported(result="accepted")
    told = notify.record_dial(riverton, task, dial, accepted, by=maya, at=minutes(2))

    assert told.said == "You have it: Water Main Break, Elm St and 4th Ave."
    assert promised(riverton) == []
    [holder] = standing(riverton, dialled.id).holders
    assert (holder.name, holder.via) == ("Dan Ortiz", "agent")


@pytest.mark.parametrize("attempt", range(3))
@pytest.mark.parametrize("result", ["accepted", "no_answer", "will_call_back"])
def test_a_result_and_another_answer_at_once_both_end(
    riverton: TenantSession,
    dialled: Ticket,
    maya: Person,
    database: Database,
    *,
    result: DialResult,
    attempt: int,
) -> None:
    """Neither waits for what the other holds, whoever comes first."""
    task = task_of(riverton, dialled)
    dial = taken(riverton, task, maya)
    run_id = standing(riverton, dialled.id).run_id
    riverton.session.commit()

    def report() -> str:
        with town(database, riverton.tenant_id) as db:
            word = Reported(result=result)
            notify.record_dial(db, task, dial, word, by=maya, at=minutes(5))
        return ""

    at_once(accepting(database, riverton.tenant_id, run_id, "ana-ruiz"), report)

    assert len(standing(riverton, dialled.id).holders) == 1
    assert promised(riverton) == []


@pytest.mark.parametrize("attempt", range(3))
def test_taking_a_call_and_an_acceptance_at_once_never_dials_after_it(
    riverton: TenantSession,
    dialled: Ticket,
    maya: Person,
    database: Database,
    *,
    attempt: int,
) -> None:
    """I2: either the intent was first, or there is none."""
    task = task_of(riverton, dialled)
    run_id = standing(riverton, dialled.id).run_id
    riverton.session.commit()

    def take() -> str:
        with town(database, riverton.tenant_id) as db:
            dial = notify.take_dial(db, task, by=maya, at=minutes(5))
            return "dials" if dial else "need not"

    _, took = at_once(accepting(database, riverton.tenant_id, run_id, "ana-ruiz"), take)

    logged = timeline(riverton, dialled.id)
    assert ("attempted" in logged) == (took == "dials")
    if took == "dials":
        assert logged.index("attempted") < logged.index("accepted")
