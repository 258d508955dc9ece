"""Promising messages: one row a key, whatever restarts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import select, text
from sqlalchemy.dialects.postgresql import insert

from notify.message import EMERGENCY_LANE, Message
from notify.models import Notification
from townline.db import new_id
from townline.tenancy import TenantSession

# The worker's pump listens here; whoever misses the hint polls a second later. It
# names the town, which is then claimed from without looking at all the others.
CHANNEL = "townline_relay"
HINT = text("select pg_notify(:channel, cast(:town as text))")


def promise(db: TenantSession, message: Message, *, at: datetime) -> UUID:
    """The id of the one notification that has this key."""
    return promise_all(db, [message], at=at)[message.key]


def promise_all(
    db: TenantSession, messages: Iterable[Message], *, at: datetime
) -> dict[str, UUID]:
    """Key to id. A key that was promised before stays as it was promised."""
    rows = {each.key: _row(db, each, at=at) for each in messages}
    if not rows:
        return {}
    # Rows beside the statement, not in it: a statement with rows is compiled each time.
    once = insert(Notification).on_conflict_do_nothing(
        index_elements=["tenant_id", "key"]
    )
    db.session.execute(once, list(rows.values()))
    if any(row["lane"] == EMERGENCY_LANE for row in rows.values()):
        db.session.execute(HINT, {"channel": CHANNEL, "town": db.tenant_id})
    found = db.session.execute(
        select(Notification.key, Notification.id).where(
            Notification.tenant_id == db.tenant_id, Notification.key.in_(rows)
        )
    )
    return {key: id for key, id in found}


def _row(db: TenantSession, message: Message, *, at: datetime) -> dict[str, Any]:
    return {
        "tenant_id": db.tenant_id,
        "id": new_id(),
        "key": message.key,
        "purpose": message.purpose,
        "recipient_kind": message.to.kind,
        "recipient_key": message.to.key,
        "recipient_name": message.to.name,
        "language": message.to.language,
        "channel": message.channel,
        "destination": message.destination,
        "template": message.template,
        "context": dict(message.context),
        "subject_id": message.subject_id,
        "fence_id": message.group,
        "epoch": message.epoch,
        "level": message.level,
        "lane": message.lane,
        "wants_code": message.code,
        "promised_at": at,
        "due_at": message.due_at,
        "expires_at": message.expires_at,
        "state": "held" if message.held_for else "pending",
        "held_for": message.held_for,
        "why": "",
        "tries": 0,
        "lease": 0,
    }
