"""How grave a ticket is may be judged anew; who did so, and why, stays on record."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from tickets.errors import AlreadyClosed, LevelReasonNeeded, NotALevel
from tickets.faults import check_words
from tickets.models import Ticket
from townline import live, proof
from townline.proof import Actor
from townline.tenancy import TenantSession

LEVELS = range(1, 6)


def relevel(
    db: TenantSession,
    ticket_id: UUID,
    level: int,
    *,
    reason: str,
    by: Actor,
    at: datetime,
) -> Ticket:
    """The ticket at its new level; its row stays locked, so that changes follow
    one another. The same level again changes nothing.
    """
    ticket = db.get(Ticket, ticket_id, lock=True)
    if ticket.closed_at:
        raise AlreadyClosed
    if level not in LEVELS:
        raise NotALevel(field="level")
    if not reason.strip():
        raise LevelReasonNeeded(field="reason")
    check_words(reason, field="reason")
    was, ticket.level = ticket.level, level
    db.session.flush()
    if level != was:
        facts = {"was": was, "level": level, "reason": reason.strip()}
        proof.record(
            db, "ticket.level_changed", subject=ticket.id, at=at, actor=by, **facts
        )
        live.announce(db, "tickets")
    return ticket
