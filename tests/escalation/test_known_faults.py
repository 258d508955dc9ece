"""Faults that others' tools have had: each story here notices one of them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from uuid import UUID

import pytest
from sqlalchemy import create_engine, text
from sqlalchemy.exc import ProgrammingError

import escalation
import notify
from tests.escalation.conftest import burst_pipe
from tests.escalation.ladders import NIGHT, minutes
from tests.escalation.relays import promised, standing, timeline
from tickets import Ticket
from townline import proof
from townline.db import Database
from townline.roles import ENGINE, RoleUrls
from townline.tenancy import TenantSession


@contextmanager
def no_promise_can_be_written(urls: RoleUrls) -> Iterator[None]:
    """As if whoever decides died before the messages were queued."""
    right = f"insert on notification %s {ENGINE}"
    owner = create_engine(urls.owner)
    with owner.begin() as connection:
        connection.execute(text(f"revoke {right % 'from'}"))
    try:
        yield
    finally:
        with owner.begin() as connection:
            connection.execute(text(f"grant {right % 'to'}"))
        owner.dispose()


def test_a_step_whose_messages_cannot_be_promised_has_not_begun(
    riverton: TenantSession, ticket: Ticket, engine_database: Database, urls: RoleUrls
) -> None:
    with no_promise_can_be_written(urls), pytest.raises(ProgrammingError):
        escalation.tick(engine_database, at=minutes(5))
    after_the_crash = timeline(riverton, ticket.id)

    escalation.tick(engine_database, at=minutes(6))

    assert after_the_crash == ["started", "step_started"]
    assert (6, "Ana Ruiz", "sms") in promised(riverton)


def test_accepting_closes_the_fence_of_its_messages(
    riverton: TenantSession, ticket: Ticket
) -> None:
    run = standing(riverton, ticket.id)

    escalation.accept(
        riverton, run.run_id, contact="ana-ruiz", via="sms", at=minutes(1)
    )

    fence = riverton.get(notify.Fence, run.run_id)
    assert (fence.closed_at, fence.closed_by) == (minutes(1), "Ana Ruiz")


def test_another_towns_emergency_is_decided_before_a_routine_storm(
    riverton: TenantSession,
    sainte_aurore: TenantSession,
    ticket: Ticket,
    engine_database: Database,
) -> None:
    escalation.relevel(riverton, ticket, 3, at=NIGHT)
    riverton.session.commit()
    emergency = burst_pipe(sainte_aurore)
    escalation.start(sainte_aurore, emergency, at=minutes(400))
    sainte_aurore.session.commit()

    escalation.tick(engine_database, at=minutes(600))

    routine = last_step(riverton, ticket.id)
    assert routine.at == minutes(600)
    assert decided(sainte_aurore, emergency) < routine.id


def last_step(db: TenantSession, ticket_id: UUID) -> proof.LogEntry:
    db.session.commit()
    steps = [
        entry
        for entry in proof.timeline(db, ticket_id)
        if entry.event == "relay.step_started"
    ]
    return steps[-1]


def decided(db: TenantSession, ticket: Ticket) -> UUID:
    """The ids of log entries are in the order of time, whatever their town."""
    return last_step(db, ticket.id).id
