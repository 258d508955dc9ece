"""Looking at what a relay did: who is to be told, and what the timeline says."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import escalation
from escalation.queries import Standing
from notify import Notification
from tests.escalation.ladders import NIGHT
from townline import proof
from townline.tenancy import TenantSession


def promised(db: TenantSession, state: str = "pending") -> list[tuple[float, str, str]]:
    """``(2.0, "Dan Ortiz", "voice")``, in minutes from 02:12, in the order of time."""
    statement = db.rows(Notification).where(
        Notification.purpose == "relay", Notification.state == state
    )
    ordered = statement.order_by(Notification.due_at, Notification.id)
    return [
        (
            (each.due_at - NIGHT) / timedelta(minutes=1),
            each.recipient_name,
            each.channel,
        )
        for each in db.session.scalars(ordered)
    ]


def messages_to(db: TenantSession, contact: str) -> list[Notification]:
    statement = db.rows(Notification).where(Notification.recipient_key == contact)
    return list(db.session.scalars(statement.order_by(Notification.due_at)))


def timeline(db: TenantSession, ticket_id: UUID) -> list[str]:
    """What the ticket's log says of its relay, without the prefix."""
    db.session.commit()
    return [
        entry.event.removeprefix("relay.")
        for entry in proof.timeline(db, ticket_id)
        if entry.event.startswith("relay.")
    ]


def standing(db: TenantSession, ticket_id: UUID) -> Standing:
    db.session.expire_all()
    found = escalation.state_of(db, ticket_id)
    assert found is not None
    return found
