"""What was handed to the carrier, as the person it reached has it before them."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, Row, Select, select

from notify import Attempt, Carried, Notification
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
    # One of a list: what the carrier says of that is said of its first ticket.
    carried: bool = False


def told(db: TenantSession, attempts: Collection[UUID]) -> Sequence[Told]:
    """These attempts, in the order in which they were made."""
    return _read(db, Attempt.id.in_(attempts))


def told_since(db: TenantSession, at: datetime, *, opened_by: str) -> Sequence[Told]:
    """All attempts that may still be answered; for taking up a replay."""
    return _read(db, (Attempt.intended_at >= at) & (Ticket.opened_by == opened_by))


def _read(db: TenantSession, which: ColumnElement[bool]) -> list[Told]:
    found = [_told(row) for row in db.session.execute(_alone(db).where(which))]
    found += [_listed(row) for row in db.session.execute(_carried(db).where(which))]
    return sorted(found, key=lambda each: (each.at, each.attempt_id, each.name))


def _alone(db: TenantSession) -> Select[Attempt, Notification, UUID]:
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
    )


def _carried(
    db: TenantSession,
) -> Select[Attempt, Notification, UUID, Carried]:
    """Every other ticket of a list is told to its reader too."""
    listed = (Carried.tenant_id == Attempt.tenant_id) & (
        Carried.attempt_id == Attempt.id
    )
    promised = (Notification.tenant_id == Carried.tenant_id) & (
        Notification.id == Carried.notification_id
    )
    about = (Ticket.tenant_id == Notification.tenant_id) & (
        Ticket.id == Notification.subject_id
    )
    return (
        select(Attempt, Notification, Ticket.client_key, Carried)
        .join(Carried, listed)
        .join(Notification, promised)
        .join(Ticket, about)
        .where(Attempt.tenant_id == db.tenant_id)
    )


def _listed(row: Row[Attempt, Notification, UUID, Carried]) -> Told:
    attempt, notification, client_key, line = row
    alone = _told((attempt, notification, client_key))
    name = _name(notification, line.number)
    return replace(alone, token=line.token, name=name, carried=True)


def _told(row: tuple[Attempt, Notification, UUID]) -> Told:
    attempt, notification, client_key = row
    listed = f"Reply {notification.code}" if attempt.carries else ""
    return Told(
        attempt_id=attempt.id,
        ticket_id=notification.subject_id,
        client_key=client_key,
        name=_name(notification, attempt.number),
        purpose=notification.purpose,
        contact=notification.recipient_key,
        channel=attempt.channel,
        level=notification.level,
        ours=attempt.ours,
        theirs=attempt.theirs,
        body=listed or attempt.body,
        token=attempt.token,
        at=attempt.intended_at,
    )


def _name(notification: Notification, number: int) -> str:
    """The promise's key without the ids in it, which are new in every replay."""
    if notification.purpose == "relay":
        promised = notification.key.split(":", 1)[1]
    else:
        promised = notification.template
    return f"{promised}/{number}"
