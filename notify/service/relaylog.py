"""What the ticket's page tells of relays to its crews and contacts.

What is told to residents their own capabilities log, without destination or words:
nothing can be erased from this log.
"""

from __future__ import annotations

from datetime import datetime

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


def told(
    db: TenantSession,
    notification: Notification,
    event: str,
    *,
    at: datetime,
    attempt: Attempt | None = None,
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
