"""What closings would be refused for: many tickets at once, before one is tried."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from uuid import UUID

from sqlalchemy import func, select

import tenants
from tickets.errors import AlreadyClosed, NoteNeeded, PhotoNeeded
from tickets.models import Photo, Ticket
from tickets.rules.closing import lacking
from tickets.terms import Reason
from townline.errors import Problem
from townline.tenancy import TenantSession


def refused_closing(
    db: TenantSession, several: Sequence[Ticket], *, reason: Reason, note: str
) -> Mapping[UUID, Problem]:
    """Only those that cannot be closed so; the rest would be."""
    photos = _photos(db, [each.id for each in several])
    found = {
        each.id: _refused(db, each, reason, note=note, photos=photos.get(each.id, 0))
        for each in several
    }
    return {id: problem for id, problem in found.items() if problem}


def _refused(
    db: TenantSession, ticket: Ticket, reason: Reason, *, note: str, photos: int
) -> Problem | None:
    if ticket.closed_at:
        return AlreadyClosed()
    town = tenants.rules_of(db, ticket.version_id).town
    proof = town.category(ticket.category).proof
    match lacking(proof, reason=reason, note=note, photos=photos):
        case "photo":
            return PhotoNeeded(field="photo")
        case "note":
            return NoteNeeded(field="note")
        case None:
            return None


def _photos(db: TenantSession, ticket_ids: Sequence[UUID]) -> dict[UUID, int]:
    statement = (
        select(Photo.ticket_id, func.count())
        .where(Photo.tenant_id == db.tenant_id, Photo.ticket_id.in_(ticket_ids))
        .group_by(Photo.ticket_id)
    )
    return {row[0]: row[1] for row in db.session.execute(statement)}
