"""What is done about a ticket: notes, photos, a crew's milestones, and its closing."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.dialects.postgresql import insert

import tenants
from tickets.errors import AlreadyClosed, NoteNeeded, PhotoNeeded
from tickets.faults import check_words
from tickets.finding import keep_words
from tickets.models import Closure, Milestone, Note, Photo, Ticket
from tickets.pictures import cleaned
from tickets.rules.closing import lacking
from tickets.terms import Audience, Reason, Step
from tickets.watchers import WATCHERS
from townline import live, proof
from townline.db import new_id
from townline.proof import Actor
from townline.tenancy import TenantSession


def add_note(
    db: TenantSession,
    ticket_id: UUID,
    body: str,
    *,
    audience: Audience,
    by: Actor,
    at: datetime,
) -> Note:
    """The log says that it was written and for whom; the words stay in the note."""
    ticket = db.get(Ticket, ticket_id)
    check_words(body, field="note")
    note = Note(
        ticket_id=ticket.id, audience=audience, author=by.name, at=at, body=body.strip()
    )
    db.add(note)
    db.session.flush()
    keep_words(db, ticket, note.body, audience=audience)
    _tell(db, "ticket.note_added", ticket, by=by, at=at, audience=audience)
    return note


def add_photo(
    db: TenantSession,
    ticket_id: UUID,
    upload: bytes,
    *,
    audience: Audience,
    by: Actor,
    at: datetime,
) -> Photo:
    """The picture as it is kept; the same one sent again is the first."""
    ticket = db.get(Ticket, ticket_id)
    picture = cleaned(upload)
    kept = {"media_type": picture.media_type, "body": picture.body}
    kept |= {"digest": picture.digest, "audience": audience, "author": by.name}
    if _first(db, Photo, ticket, at=at, **kept):
        _tell(db, "ticket.photo_added", ticket, by=by, at=at, audience=audience)
    same = db.rows(Photo).where(
        Photo.ticket_id == ticket.id, Photo.digest == picture.digest
    )
    return db.session.scalars(same).one()


def mark(
    db: TenantSession,
    ticket_id: UUID,
    kind: Step,
    *,
    by: Actor,
    at: datetime,
    note: str = "",
) -> Milestone:
    """The crew's word, kept once; "done" with a note closes the ticket as done.

    The note may come later than the word: done again, now with one, closes it.
    """
    ticket = db.get(Ticket, ticket_id)
    same = db.rows(Milestone).where(
        Milestone.ticket_id == ticket_id, Milestone.kind == kind
    )
    known = db.session.scalar(same) is not None
    if ticket.closed_at and not known:
        raise AlreadyClosed
    if not known and _first(db, Milestone, ticket, kind=kind, by=by.name, at=at):
        _tell(db, f"ticket.{kind}", ticket, by=by, at=at)
        for watcher in WATCHERS:
            watcher.moved(db, ticket, kind, at=at)
    if kind == "done" and note.strip() and not ticket.closed_at:
        close(db, ticket_id, reason="done", note=note, by=by, at=at)
    return db.session.scalars(same).one()


def close(
    db: TenantSession,
    ticket_id: UUID,
    *,
    reason: Reason,
    note: str,
    by: Actor,
    at: datetime,
) -> Closure:
    """Close it once, with what the category asks for as proof.

    The ticket is locked, as by whoever merges it or opens it again.
    """
    ticket = db.get(Ticket, ticket_id, lock=True)
    if note:
        check_words(note, field="note")
    _refuse_without_proof(db, ticket, reason=reason, note=note)
    why = {"reason": reason, "note": note.strip()}
    closed = _first(db, Closure, ticket, by=by.name, at=at, **why)
    if closed is None:
        raise AlreadyClosed
    ticket.closed_at = at
    db.session.flush()
    keep_words(db, ticket, note, audience="town")
    _tell(db, "ticket.closed", ticket, by=by, at=at, reason=reason)
    for watcher in WATCHERS:
        watcher.closed(db, ticket, at=at)
    return db.get(Closure, closed)


def _refuse_without_proof(
    db: TenantSession, ticket: Ticket, *, reason: Reason, note: str
) -> None:
    town = tenants.rules_of(db, ticket.version_id).town
    photos = select(func.count()).where(
        Photo.tenant_id == db.tenant_id, Photo.ticket_id == ticket.id
    )
    match lacking(
        town.category(ticket.category).proof,
        reason=reason,
        note=note,
        photos=db.session.scalar(photos) or 0,
    ):
        case "photo":
            raise PhotoNeeded(field="photo")
        case "note":
            raise NoteNeeded(field="note")


def _first(
    db: TenantSession,
    model: type[Photo | Milestone | Closure],
    ticket: Ticket,
    **columns: object,
) -> UUID | None:
    """The id of the row that was written; None where there is one already."""
    row = {"tenant_id": db.tenant_id, "id": new_id(), "ticket_id": ticket.id}
    statement = insert(model).values(row | columns).on_conflict_do_nothing()
    return db.session.scalar(statement.returning(model.id))


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
