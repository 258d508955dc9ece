"""Two tickets that are one: its callers go along, and one relay goes on.

Which of two may stay depends on their relays; ``escalation.merge`` asks that first.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from tickets.duplicates.models import Joining
from tickets.errors import AlreadyClosed, IntoClosed, IntoItself
from tickets.fates import Merging
from tickets.faults import WORDS_LIMIT
from tickets.models import Closure, Reporter, Ticket
from tickets.progress import add_note
from tickets.watchers import WATCHERS
from townline import live, proof
from townline.proof import Actor
from townline.tenancy import TenantSession


def both(db: TenantSession, ticket_id: UUID, into_id: UUID) -> tuple[Ticket, Ticket]:
    """Locked in the order of their ids, so that no two merges wait for each other."""
    if ticket_id == into_id:
        raise IntoItself(field="into")
    ids = sorted((ticket_id, into_id))
    locked = {id: db.get(Ticket, id, lock=True) for id in ids}
    ticket, into = locked[ticket_id], locked[into_id]
    if ticket.closed_at:
        raise AlreadyClosed
    if into.closed_at:
        raise IntoClosed
    return ticket, into


def merge(
    db: TenantSession, ticket_id: UUID, into_id: UUID, *, by: Actor, at: datetime
) -> Ticket:
    """Close one of two as a duplicate; whoever asked for it waits for the other.

    Who is known on both, by number or address, is told of the one that stays anyway.
    """
    ticket, into = both(db, ticket_id, into_id)
    moved = list(_unknown(_reporters(db, ticket), _reporters(db, into)))
    for reporter in moved:
        _take_along(db, reporter, ticket, into, by=by, at=at)
    _keep_the_words(db, ticket, into, by=by, at=at)
    ids = [str(each.id) for each in moved]
    closure = Closure(
        ticket_id=ticket.id, reason="duplicate", note=into.tracking, by=by.name, at=at
    )
    db.add(closure)
    db.add(
        Merging(ticket_id=ticket.id, into_id=into.id, reporters=ids, by=by.name, at=at)
    )
    ticket.closed_at = at
    db.session.flush()
    _tell(db, ticket, into, callers=len(moved), by=by, at=at)
    for watcher in WATCHERS:
        watcher.merged(db, ticket, into, at=at)
    return into


def merging(db: TenantSession, ticket_id: UUID) -> Merging | None:
    """Where it went, if it was merged into another."""
    return db.session.scalar(db.rows(Merging).where(Merging.ticket_id == ticket_id))


def merged_into(db: TenantSession, ticket_id: UUID) -> Sequence[Ticket]:
    """The tickets that go on under this one's number."""
    gone = db.rows(Merging).where(Merging.into_id == ticket_id)
    ids = [each.ticket_id for each in db.session.scalars(gone)]
    if not ids:
        return ()
    found = db.rows(Ticket).where(Ticket.id.in_(ids)).order_by(Ticket.id)
    return db.session.scalars(found).all()


def take_apart(db: TenantSession, ticket: Ticket) -> None:
    """Merged by mistake: whoever went along comes back, unless they have gone on."""
    gone = merging(db, ticket.id)
    if gone is None:
        return
    theirs = db.rows(Reporter).where(
        Reporter.id.in_([UUID(each) for each in gone.reporters]),
        Reporter.ticket_id == gone.into_id,
    )
    for reporter in db.session.scalars(theirs):
        reporter.ticket_id = ticket.id
        _join_again(db, reporter, ticket, since=gone.at)
    db.session.delete(gone)
    db.session.flush()


def _unknown(
    reporters: Iterable[Reporter], known: Sequence[Reporter]
) -> Iterable[Reporter]:
    ways = {way for each in known for way in (each.phone, each.email) if way}
    return (each for each in reporters if not ways & {each.phone, each.email})


def _reporters(db: TenantSession, ticket: Ticket) -> Sequence[Reporter]:
    theirs = db.rows(Reporter).where(Reporter.ticket_id == ticket.id)
    return db.session.scalars(theirs.order_by(Reporter.joined_at, Reporter.id)).all()


def _take_along(
    db: TenantSession,
    reporter: Reporter,
    ticket: Ticket,
    into: Ticket,
    *,
    by: Actor,
    at: datetime,
) -> None:
    """What they were promised stays theirs; the desk may still give them their own."""
    reporter.ticket_id = into.id
    reporter.promised_at = reporter.promised_at or ticket.promised_at
    reporter.promise = reporter.promise or ticket.promise
    joined = db.session.scalar(
        db.rows(Joining).where(Joining.reporter_id == reporter.id)
    )
    if joined:
        joined.ticket_id = into.id
        return
    anonymous = reporter.identity == "anonymous"
    joining = Joining(
        reporter_id=reporter.id,
        ticket_id=into.id,
        category=ticket.category,
        place="" if anonymous else ticket.place,
        latitude=None if anonymous else ticket.latitude,
        longitude=None if anonymous else ticket.longitude,
        at=at,
        by=by.name,
    )
    db.add(joining)


def _join_again(
    db: TenantSession, reporter: Reporter, ticket: Ticket, *, since: datetime
) -> None:
    """Who was first is not a me-too any more; who was one is one here again."""
    joined = db.session.scalar(
        db.rows(Joining).where(Joining.reporter_id == reporter.id)
    )
    if joined is None:
        return
    if joined.at == since:
        db.session.delete(joined)
    else:
        joined.ticket_id = ticket.id


def _keep_the_words(
    db: TenantSession, ticket: Ticket, into: Ticket, *, by: Actor, at: datetime
) -> None:
    """The crew of the one that stays reads what was said of the other."""
    said = " ".join(filter(None, (ticket.place, ticket.words, ticket.directions)))
    if said:
        body = f"{ticket.tracking}: {said}"[:WORDS_LIMIT]
        add_note(db, into.id, body, audience="dispatch", by=by, at=at)


def _tell(
    db: TenantSession,
    ticket: Ticket,
    into: Ticket,
    *,
    callers: int,
    by: Actor,
    at: datetime,
) -> None:
    gone, got = {"into": into.tracking}, {"from": ticket.tracking}
    for subject, facts in ((ticket, gone), (into, got)):
        proof.record(
            db,
            "ticket.merged",
            subject=subject.id,
            at=at,
            actor=by,
            callers=callers,
            **facts,
        )
    live.announce(db, "tickets")
