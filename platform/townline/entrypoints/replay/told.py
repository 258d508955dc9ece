"""What was handed to the carrier, as the person it reached has it before them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Row, Select, select

from notify import Attempt, Notification
from tickets import Ticket
from townline.tenancy import TenantSession


@dataclass(frozen=True, slots=True, kw_only=True)
class Told:
    """``name`` tells this attempt from all others of its ticket, in every replay."""

    attempt_id: UUID
    ticket_id: UUID
    client_key: UUID
    name: str
    purpose: str
    contact: str
    channel: str
    level: int
    ours: str
    theirs: str
    body: str
    token: str
    at: datetime


def told(db: TenantSession, attempts: Collection[UUID]) -> Sequence[Told]:
    """These attempts, in the order in which they were made."""
    return _read(db, _select(db).where(Attempt.id.in_(attempts)))


def told_since(db: TenantSession, at: datetime, *, opened_by: str) -> Sequence[Told]:
    """All attempts that may still be answered; for taking up a replay."""
    recent = _select(db).where(Attempt.intended_at >= at, Ticket.opened_by == opened_by)
    return _read(db, recent)


def _select(db: TenantSession) -> Select[Attempt, Notification, UUID]:
    sent = (Notification.tenant_id == Attempt.tenant_id) & (
        Notification.id == Attempt.notification_id
    )
    about = (Ticket.tenant_id == Attempt.tenant_id) & (
        Ticket.id == Notification.subject_id
    )
    return (
        select(Attempt, Notification, Ticket.client_key)
        .join(Notification, sent)
        .join(Ticket, about)
        .where(Attempt.tenant_id == db.tenant_id)
        .order_by(Attempt.intended_at, Attempt.id)
    )


def _read(
    db: TenantSession, statement: Select[Attempt, Notification, UUID]
) -> list[Told]:
    return [_told(row) for row in db.session.execute(statement)]


def _told(row: Row[Attempt, Notification, UUID]) -> Told:
    attempt, notification, client_key = row
    return Told(
        attempt_id=attempt.id,
        ticket_id=notification.subject_id,
        client_key=client_key,
        name=_name(attempt, notification),
        purpose=notification.purpose,
        contact=notification.recipient_key,
        channel=attempt.channel,
        level=notification.level,
        ours=attempt.ours,
        theirs=attempt.theirs,
        body=attempt.body,
        token=attempt.token,
        at=attempt.intended_at,
    )


def _name(attempt: Attempt, notification: Notification) -> str:
    """The promise's key without the ids in it, which are new in every replay."""
    if notification.purpose == "relay":
        promised = notification.key.split(":", 1)[1]
    else:
        promised = notification.template
    return f"{promised}/{attempt.number}"
