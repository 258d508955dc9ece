"""Closed was not done: the ticket goes back to the crew, with a promise of its own."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, func, select

import tenants
from tenants.rules import promise
from tickets.errors import NotClosed, ReopenReasonNeeded
from tickets.fates import Reopening
from tickets.faults import check_words
from tickets.merging import take_apart
from tickets.models import Closure, Milestone, Reporter, Ticket
from tickets.progress import add_note
from tickets.watchers import WATCHERS
from townline import live, proof
from townline.proof import Actor
from townline.tenancy import TenantSession


def reopen(
    db: TenantSession, ticket_id: UUID, *, reason: str, by: Actor, at: datetime
) -> Ticket:
    """Open a closed ticket again: a new relay, a new promise, and residents are told.

    The row stays locked: of two at once the second finds it open. Who had asked for
    it, and went along when it was merged into another, comes back. The crew reads why.
    """
    ticket = db.get(Ticket, ticket_id, lock=True)
    if not ticket.closed_at:
        raise NotClosed
    if not reason.strip():
        raise ReopenReasonNeeded(field="reason")
    check_words(reason, field="reason")
    was = _set_aside(db, ticket, reason=reason.strip(), by=by, at=at)
    take_apart(db, ticket)
    add_note(db, ticket.id, reason, audience="dispatch", by=by, at=at)
    _promise_anew(db, ticket, at=at)
    facts: dict[str, object] = {"reason": was.reason, "was": was.closed_as}
    facts |= {"promised_at": ticket.promised_at, "promise": ticket.promise}
    proof.record(db, "ticket.reopened", subject=ticket.id, at=at, actor=by, **facts)
    live.announce(db, "tickets")
    for watcher in WATCHERS:
        watcher.reopened(db, ticket, at=at)
    return ticket


def reopenings(db: TenantSession, ticket_id: UUID) -> Sequence[Reopening]:
    theirs = db.rows(Reopening).where(Reopening.ticket_id == ticket_id)
    return db.session.scalars(theirs.order_by(Reopening.at, Reopening.id)).all()


def times_reopened(db: TenantSession, ticket_id: UUID) -> int:
    """What is said once of a ticket may be said once more after each of them."""
    statement = select(func.count()).where(
        Reopening.tenant_id == db.tenant_id, Reopening.ticket_id == ticket_id
    )
    return db.session.scalar(statement) or 0


def rules_now(db: TenantSession, ticket: Ticket) -> tenants.Rules:
    """What holds today, unless it has no such category any more."""
    now = tenants.current(db)
    known = {each.key for each in now.town.categories}
    if ticket.category in known:
        return now
    return tenants.rules_of(db, ticket.version_id)


def _set_aside(
    db: TenantSession, ticket: Ticket, *, reason: str, by: Actor, at: datetime
) -> Reopening:
    """The closing and the crew's words become history; both may be said again."""
    closed = db.session.scalars(
        db.rows(Closure).where(Closure.ticket_id == ticket.id)
    ).one()
    said = db.rows(Milestone).where(Milestone.ticket_id == ticket.id)
    reopening = db.add(
        Reopening(
            ticket_id=ticket.id,
            reason=reason,
            by=by.name,
            at=at,
            closed_as=closed.reason,
            closing_note=closed.note,
            closed_by=closed.by,
            closed_at=closed.at,
            promised_at=ticket.promised_at,
            promise=ticket.promise,
            reached={e.kind: e.at.isoformat() for e in db.session.scalars(said)},
        )
    )
    _forget(db, ticket)
    return reopening


def _forget(db: TenantSession, ticket: Ticket) -> None:
    for model in (Closure, Milestone):
        theirs = delete(model).where(
            model.tenant_id == db.tenant_id, model.ticket_id == ticket.id
        )
        db.session.execute(theirs)
    ticket.closed_at = None
    db.session.flush()


def _promise_anew(db: TenantSession, ticket: Ticket, *, at: datetime) -> None:
    """To everybody who asked, whatever each of them was told before."""
    town = rules_now(db, ticket).town
    promised = promise(town, town.category(ticket.category), at=at)
    ticket.promised_at = promised.due
    ticket.promise = promised.say.in_(ticket.language)
    theirs = db.rows(Reporter).where(Reporter.ticket_id == ticket.id)
    for reporter in db.session.scalars(theirs):
        first = reporter.client_key == ticket.client_key
        reporter.promised_at = None if first else promised.due
        reporter.promise = None if first else promised.say.in_(reporter.language)
    db.session.flush()
