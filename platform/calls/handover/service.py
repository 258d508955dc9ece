"""Two signatures of two people, town by town; each is kept, and in the town's log."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from uuid import UUID

from sqlalchemy import update
from sqlalchemy.dialects.postgresql import insert

from calls.handover.errors import EmptyNote, SameHands, TakenOver
from calls.handover.models import Handover, HandoverNote
from townline import live, proof
from townline.auth import Person
from townline.db import new_id
from townline.errors import NotFound
from townline.proof import Actor
from townline.tenancy import TenantSession

LONGEST_NOTE = 2000


def leave_note(
    db: TenantSession, body: str, *, by: Person, at: datetime
) -> HandoverNote:
    body = body.strip()[:LONGEST_NOTE]
    if not body:
        raise EmptyNote
    note = HandoverNote(
        body=body, author_id=by.account_id, author=by.name, written_at=at
    )
    live.announce(db, "tasks")
    return db.add(note)


def sign_out(
    db: TenantSession,
    shift_id: UUID,
    standing: Mapping[str, str],
    *,
    by: Person,
    at: datetime,
) -> None:
    """The outgoing signature, over what stands; the same shift signs once."""
    statement = insert(Handover).values(
        tenant_id=db.tenant_id,
        id=new_id(),
        shift_id=shift_id,
        outgoing_id=by.account_id,
        outgoing=by.name,
        outgoing_at=at,
        standing=dict(standing),
    )
    made = db.session.scalar(statement.on_conflict_do_nothing().returning(Handover.id))
    if made:
        facts = {"shift": str(shift_id), "open": len(standing)}
        _tell(db, "handover.signed_out", shift_id, by=by, at=at, **facts)


def sign_in(
    db: TenantSession,
    shift_id: UUID,
    *,
    changed: tuple[int, int],
    by: Person,
    at: datetime,
) -> None:
    """The incoming signature; ``changed`` counts what came and what went since."""
    signed = db.session.scalar(
        update(Handover)
        .where(
            Handover.tenant_id == db.tenant_id,
            Handover.shift_id == shift_id,
            Handover.incoming_at.is_(None),
            Handover.outgoing_id != by.account_id,
        )
        .values(incoming_id=by.account_id, incoming=by.name, incoming_at=at)
        .returning(Handover)
        .execution_options(populate_existing=True)
    )
    if signed is None:
        _refuse(db, shift_id, by)
        return
    came, went = changed
    facts = {"outgoing": signed.outgoing, "came": came, "went": went}
    facts |= {"shift": str(shift_id)}
    _tell(db, "handover.signed_in", shift_id, by=by, at=at, **facts)


def _refuse(db: TenantSession, shift_id: UUID, by: Person) -> None:
    """A second press of the same person is no refusal."""
    theirs = db.rows(Handover).where(Handover.shift_id == shift_id)
    found = db.session.scalar(theirs)
    if found is None:
        raise NotFound
    if found.outgoing_id == by.account_id:
        raise SameHands
    if found.incoming_id != by.account_id:
        raise TakenOver


def _tell(
    db: TenantSession,
    happened: str,
    shift_id: UUID,
    *,
    by: Person,
    at: datetime,
    **facts: object,
) -> None:
    actor = Actor("agent", by.name)
    proof.record(db, happened, subject=shift_id, at=at, actor=actor, **facts)
    live.announce(db, "tasks")
