"""Reading one ticket and what belongs to it, and the tickets of one caller."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlalchemy import ScalarSelect, bindparam, exists, or_, select
from sqlalchemy.orm import InstrumentedAttribute, undefer

import tenants
from tickets.models import Closure, Milestone, Note, Photo, Reporter, Ticket
from tickets.rules import lookups
from tickets.rules.tracking import read
from townline import proof
from townline.errors import NotFound
from townline.prepared import Prepared
from townline.proof import LogEntry
from townline.tenancy import TenantSession

# Most calls have none yet when this is asked: at their end, and on every page of them.
ANY_OF_CALL = Prepared(
    select(Ticket.id)
    .where(Ticket.tenant_id == bindparam("town"), Ticket.call_id == bindparam("call"))
    .limit(1)
)
FOR_DISPATCH = Prepared(
    select(Note.body)
    .where(
        Note.tenant_id == bindparam("town"),
        Note.ticket_id == bindparam("ticket"),
        Note.audience == "dispatch",
    )
    .order_by(Note.at, Note.id)
)
ASKED_ANONYMOUSLY = Prepared(
    select(Reporter.id)
    .where(
        Reporter.tenant_id == bindparam("town"),
        Reporter.ticket_id == bindparam("ticket"),
        Reporter.identity == "anonymous",
    )
    .limit(1)
)


def get(db: TenantSession, ticket_id: UUID, *, lock: bool = False) -> Ticket:
    return db.get(Ticket, ticket_id, lock=lock)


def by_tracking(db: TenantSession, number: str) -> Ticket:
    """However it was said; digits alone are taken for one of this town's."""
    tracking = read(number, prefix=tenants.current(db).town.prefix)
    found = db.session.scalar(db.rows(Ticket).where(Ticket.tracking == tracking))
    if found is None:
        raise NotFound
    return found


def by_number(db: TenantSession, said: str) -> Ticket:
    """By a tracking number, or by the code that an anonymous caller was given."""
    if not lookups.is_one(said):
        return by_tracking(db, said)
    theirs = select(Reporter.ticket_id).where(
        Reporter.tenant_id == db.tenant_id, Reporter.lookup == lookups.read(said)
    )
    found = db.session.scalar(db.rows(Ticket).where(Ticket.id.in_(theirs)))
    if found is None:
        raise NotFound
    return found


def linked(db: TenantSession, ticket: Ticket) -> Sequence[Ticket]:
    """The other tickets of the same call, whichever of them was asked about."""
    root = ticket.parent_id or ticket.id
    family = db.rows(Ticket).where(
        or_(Ticket.id == root, Ticket.parent_id == root), Ticket.id != ticket.id
    )
    return db.session.scalars(family.order_by(Ticket.id)).all()


def of_caller(db: TenantSession, phone: str, limit: int = 10) -> Sequence[Ticket]:
    """What this number has called about before, the newest first."""
    theirs = exists().where(
        Reporter.tenant_id == db.tenant_id,
        Reporter.ticket_id == Ticket.id,
        Reporter.phone == phone,
    )
    newest = db.rows(Ticket).where(theirs).order_by(Ticket.opened_at.desc())
    return db.session.scalars(newest.limit(limit)).all()


def name_at(
    tenant_id: InstrumentedAttribute[UUID],
    phone: InstrumentedAttribute[str | None],
) -> ScalarSelect[str | None]:
    """For boards of several towns: the name last given with a number, in its town."""
    return (
        select(Reporter.name)
        .where(
            Reporter.tenant_id == tenant_id,
            Reporter.phone == phone,
            Reporter.name.is_not(None),
        )
        .order_by(Reporter.joined_at.desc())
        .limit(1)
        .scalar_subquery()
    )


def of_call(db: TenantSession, call_id: UUID) -> Sequence[Ticket]:
    """Several problems in one call are several tickets, in the order of telling."""
    if not ANY_OF_CALL(db, call=call_id):
        return ()
    told = db.rows(Ticket).where(Ticket.call_id == call_id).order_by(Ticket.id)
    return db.session.scalars(told).all()


def reporters(db: TenantSession, ticket_id: UUID) -> Sequence[Reporter]:
    theirs = db.rows(Reporter).where(Reporter.ticket_id == ticket_id)
    return db.session.scalars(theirs.order_by(Reporter.joined_at, Reporter.id)).all()


def notes(db: TenantSession, ticket_id: UUID) -> Sequence[Note]:
    written = db.rows(Note).where(Note.ticket_id == ticket_id)
    return db.session.scalars(written.order_by(Note.at, Note.id)).all()


def for_dispatch(db: TenantSession, ticket_id: UUID) -> tuple[str, ...]:
    """What the desk adds for whoever goes there."""
    return tuple(body for (body,) in FOR_DISPATCH(db, ticket=ticket_id))


def is_anonymous(db: TenantSession, ticket_id: UUID) -> bool:
    """Whether somebody who asked for it wants to be known to nobody."""
    return bool(ASKED_ANONYMOUSLY(db, ticket=ticket_id))


def photos(db: TenantSession, ticket_id: UUID) -> Sequence[Photo]:
    """Without their bodies; ``photo`` gives one with it."""
    taken = db.rows(Photo).where(Photo.ticket_id == ticket_id)
    return db.session.scalars(taken.order_by(Photo.at, Photo.id)).all()


def photo(db: TenantSession, photo_id: UUID) -> Photo:
    one = db.rows(Photo).where(Photo.id == photo_id).options(undefer(Photo.body))
    found = db.session.scalar(one.execution_options(populate_existing=True))
    if found is None:
        raise NotFound
    return found


def milestones(db: TenantSession, ticket_id: UUID) -> Sequence[Milestone]:
    reached = db.rows(Milestone).where(Milestone.ticket_id == ticket_id)
    return db.session.scalars(reached.order_by(Milestone.at, Milestone.id)).all()


def closure(db: TenantSession, ticket_id: UUID) -> Closure | None:
    return db.session.scalar(db.rows(Closure).where(Closure.ticket_id == ticket_id))


def history(db: TenantSession, ticket_id: UUID) -> Sequence[LogEntry]:
    """The whole chain: the call it came from, then everything since, as logged."""
    ticket = db.get(Ticket, ticket_id)
    of_the_call = proof.timeline(db, ticket.call_id) if ticket.call_id else ()
    entries = [*of_the_call, *proof.timeline(db, ticket.id)]
    return sorted(entries, key=lambda entry: entry.seq)
