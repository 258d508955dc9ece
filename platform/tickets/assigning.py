"""Who of the town's people looks after a ticket: never the crew, who accept relays.

Whoever is given one by somebody else is told by a letter, as service desks do; whoever
loses one is not: it is gone from their list, and nothing is asked of them any more.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert

from tickets.errors import AlreadyClosed, NotTheirTicket
from tickets.fates import Assignment
from tickets.models import Ticket
from tickets.telling import tell_assignee
from townline import auth, live, proof
from townline.auth import Colleague
from townline.db import new_id
from townline.proof import Actor
from townline.tenancy import TenantSession

# A viewer reads; the others can do something about a ticket.
ROLES = ("manager", "dispatcher", "lead")


def assign(
    db: TenantSession,
    ticket_id: UUID,
    account_id: UUID | None,
    *,
    by: Actor,
    at: datetime,
    self_id: UUID | None = None,
) -> Assignment | None:
    """Give it to somebody, or to nobody; whoever has it already keeps it silently.

    ``self_id`` is the account of whoever does it: nobody is written to by themselves.
    The ticket is locked: of two who give it away at once the second sees the first.
    """
    ticket = db.get(Ticket, ticket_id, lock=True)
    if ticket.closed_at:
        raise AlreadyClosed
    before = assignment(db, ticket_id)
    had = before.name if before else ""
    if account_id == (before.account_id if before else None):
        return before
    if account_id is None:
        _take_away(db, ticket)
        _tell(db, "ticket.unassigned", ticket, by=by, at=at, was=had)
        return None
    colleague = _colleague(db, ticket, account_id)
    _give(db, ticket, colleague, by=by, at=at)
    facts = {"to": colleague.name, **({"was": had} if had else {})}
    _tell(db, "ticket.assigned", ticket, by=by, at=at, **facts)
    if account_id != self_id:
        tell_assignee(db, ticket, colleague, by=by, at=at)
    return assignment(db, ticket_id)


def assignees(db: TenantSession, department: str) -> Sequence[Colleague]:
    """Who may be given a ticket of this department, by name."""
    colleagues = auth.people(db, roles=ROLES)
    return [
        each
        for each in colleagues
        if not each.departments or department in each.departments
    ]


def assignment(db: TenantSession, ticket_id: UUID) -> Assignment | None:
    theirs = db.rows(Assignment).where(Assignment.ticket_id == ticket_id)
    fresh = theirs.execution_options(populate_existing=True)
    return db.session.scalar(fresh)


def _colleague(db: TenantSession, ticket: Ticket, account_id: UUID) -> Colleague:
    """Somebody who has left since the list was shown is refused like a stranger."""
    able = assignees(db, ticket.department)
    found = next((each for each in able if each.account_id == account_id), None)
    if found is None:
        raise NotTheirTicket(field="assignee")
    return found


def _give(
    db: TenantSession, ticket: Ticket, to: Colleague, *, by: Actor, at: datetime
) -> None:
    given = {"account_id": to.account_id, "name": to.name, "by": by.name, "at": at}
    row = {"tenant_id": db.tenant_id, "id": new_id(), "ticket_id": ticket.id, **given}
    statement = insert(Assignment).values(row)
    db.session.execute(
        statement.on_conflict_do_update(
            index_elements=["tenant_id", "ticket_id"],
            set_={name: statement.excluded[name] for name in given},
        )
    )


def _take_away(db: TenantSession, ticket: Ticket) -> None:
    statement = delete(Assignment).where(
        Assignment.tenant_id == db.tenant_id, Assignment.ticket_id == ticket.id
    )
    db.session.execute(statement)


def _tell(
    db: TenantSession,
    happened: str,
    ticket: Ticket,
    *,
    by: Actor,
    at: datetime,
    **facts: object,
) -> None:
    proof.record(db, happened, subject=ticket.id, at=at, actor=by, **facts)
    live.announce(db, "tickets")
