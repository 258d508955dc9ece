"""Calls the desk owes to residents, and what came of them."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.dialects.postgresql import insert

import tenants
from surveys.models import Task, TaskKind
from surveys.rules import try_again
from tickets import Reporter, Ticket
from townline import live, proof
from townline.db import new_id
from townline.errors import Conflict
from townline.i18n import gettext, speaking
from townline.proof import Actor
from townline.tenancy import TenantSession

# As the trade names what comes of a call: somebody spoke, or did not.
Result = Literal["reached", "voicemail_left", "no_answer", "busy", "invalid_number"]
NOT_REACHED = frozenset({"voicemail_left", "no_answer", "busy"})


class TaskAlreadyDone(Conflict):
    """Somebody else has made this call already."""


def ask_for_a_call(
    db: TenantSession,
    ticket: Ticket,
    reporter: Reporter,
    *,
    kind: TaskKind,
    cause: UUID,
    at: datetime,
) -> None:
    """Put a call on the desk's list; the same cause asks once."""
    statement = insert(Task).values(
        tenant_id=db.tenant_id,
        id=new_id(),
        ticket_id=ticket.id,
        reporter_id=reporter.id,
        cause_id=cause,
        kind=kind,
        phone=reporter.phone,
        language=reporter.language,
        script=_script(db, ticket, reporter, kind),
        due_at=at,
        tries=0,
    )
    db.session.execute(
        statement.on_conflict_do_nothing(index_elements=["tenant_id", "cause_id"])
    )
    live.announce(db, "tasks")


def finish_task(
    db: TenantSession, task_id: UUID, result: Result, *, by: Actor, at: datetime
) -> Task:
    """Say what came of the call. Whoever was not reached is tried again, twice."""
    task = db.get(Task, task_id, lock=True)
    if task.done_at is not None:
        raise TaskAlreadyDone
    task.tries += 1
    task.result = result
    zone = tenants.current(db).town.time_zone
    again = try_again(task.tries, at=at, zone=zone) if result in NOT_REACHED else None
    if again is None:
        task.done_at, task.done_by = at, by.name
    else:
        task.due_at = again
    facts = {"result": result, "again_at": again}
    proof.record(
        db, "followup.called_back", subject=task.ticket_id, at=at, actor=by, **facts
    )
    live.announce(db, "tasks")
    return task


def drop_calls_about_waiting(
    db: TenantSession, ticket_id: UUID, *, at: datetime
) -> None:
    """The ticket has closed: nobody need be told any more that it is still open."""
    db.session.execute(
        update(Task)
        .where(
            Task.tenant_id == db.tenant_id,
            Task.ticket_id == ticket_id,
            Task.kind == "open_ticket",
            Task.done_at.is_(None),
        )
        .values(done_at=at, done_by=proof.ENGINE.name, result="closed_first")
    )
    live.announce(db, "tasks")


def _script(
    db: TenantSession, ticket: Ticket, reporter: Reporter, kind: TaskKind
) -> str:
    town = tenants.rules_of(db, ticket.version_id).town
    with speaking(reporter.language):
        return _SENTENCES[kind]().format(
            town=town.name.in_(reporter.language),
            category=town.category(ticket.category).name.in_(reporter.language),
            place=ticket.place,
            tracking=ticket.tracking,
        )


def _about_an_open_ticket() -> str:
    return gettext(
        "Hello, {town} calling about your report {tracking}: {category}, {place}."
        " It is still open. May I tell you where it stands?"
    )


def _about_a_bad_answer() -> str:
    return gettext(
        "Hello, {town} calling. You told us that {category}, {place}, was not handled"
        " well. What is still wrong?"
    )


def _about_news() -> str:
    return gettext(
        "Hello, {town} calling about your report {tracking}: {category}, {place}."
        " Our message did not reach you, so I am telling you myself."
    )


_SENTENCES = {
    "open_ticket": _about_an_open_ticket,
    "bad_score": _about_a_bad_answer,
    "not_reached": _about_news,
}
