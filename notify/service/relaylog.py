"""What the ticket's page tells of relays to its crews and contacts.

What is told to residents their own capabilities log, without destination or words:
nothing can be erased from this log.
"""

from __future__ import annotations

from datetime import datetime
from typing import Protocol
from uuid import UUID

from notify.models import Attempt, Notification
from notify.rules import receipts
from townline import proof
from townline.tenancy import TenantSession

EVENTS = {
    "sent": "relay.sent",
    "delivered": "relay.delivered",
    "undelivered": "relay.undelivered",
    "failed": "relay.failed",
    receipts.REFUSED: "relay.failed",
    receipts.AMBIGUOUS: "relay.ambiguous",
    receipts.VOICEMAIL: "relay.answered_by_machine",
    "no_answer": "relay.no_answer",
    "canceled": "relay.no_answer",
    "completed": "relay.no_answer",
    "busy": "relay.busy",
}


class Promised(Protocol):
    """A notification, or what a claim has read of it."""

    @property
    def recipient_kind(self) -> str: ...
    @property
    def recipient_key(self) -> str: ...
    @property
    def recipient_name(self) -> str: ...
    @property
    def channel(self) -> str: ...
    @property
    def destination(self) -> str: ...
    @property
    def subject_id(self) -> UUID: ...


class Tried(Protocol):
    """An attempt, or what is about to be one."""

    @property
    def id(self) -> UUID: ...
    @property
    def number(self) -> int: ...


def told(
    db: TenantSession,
    notification: Promised | Notification,
    event: str,
    *,
    at: datetime,
    attempt: Tried | Attempt | None = None,
    **facts: object,
) -> None:
    if notification.recipient_kind != "contact":
        return
    known: dict[str, object] = {
        "to": notification.recipient_name,
        "contact": notification.recipient_key,
        "channel": notification.channel,
        "destination": notification.destination,
    }
    if attempt is not None:
        known |= {"attempt": attempt.id, "number": attempt.number}
    proof.record(
        db,
        event,
        subject=notification.subject_id,
        at=at,
        actor=proof.ENGINE,
        **known,
        **facts,
    )
