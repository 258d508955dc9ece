"""Promising messages: one row a key, whatever restarts."""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select
from sqlalchemy.dialects.postgresql import insert

from notify.message import EMERGENCY_LANE, Message
from notify.models import Notification
from townline import live
from townline.db import new_id
from townline.prepared import Prepared
from townline.sets import packed, to_be_among, to_be_given
from townline.tenancy import TenantSession

# The worker's pump listens here; whoever misses the hint polls a second later. It
# names the town, which is then claimed from without looking at all the others.
CHANNEL = "townline_relay"
# A promise as it is first written; what is not here is null.
COLUMNS = [
    Notification.id,
    Notification.key,
    Notification.purpose,
    Notification.recipient_kind,
    Notification.recipient_key,
    Notification.recipient_name,
    Notification.language,
    Notification.channel,
    Notification.destination,
    Notification.template,
    Notification.context,
    Notification.subject_id,
    Notification.fence_id,
    Notification.epoch,
    Notification.level,
    Notification.lane,
    Notification.wants_code,
    Notification.promised_at,
    Notification.due_at,
    Notification.expires_at,
    Notification.state,
    Notification.why,
    Notification.held_for,
    Notification.tries,
    Notification.lease,
]
OWNED = bindparam("town", type_=Notification.tenant_id.type)
PROMISE = Prepared(
    insert(Notification)
    .from_select(
        [Notification.tenant_id, *COLUMNS], select(OWNED, *to_be_given(*COLUMNS).c)
    )
    .on_conflict_do_nothing(index_elements=["tenant_id", "key"])
    .returning(Notification.key, Notification.id)
)
PROMISED = Prepared(
    select(Notification.key, Notification.id).where(
        Notification.tenant_id == OWNED, to_be_among(Notification.key)
    )
)


def promise(db: TenantSession, message: Message, *, at: datetime) -> UUID:
    """The id of the one notification that has this key."""
    return promise_all(db, [message], at=at)[message.key]


def promise_all(
    db: TenantSession, messages: Iterable[Message], *, at: datetime
) -> dict[str, UUID]:
    """Key to id. A key that was promised before stays as it was promised."""
    rows = {each.key: _row(each, at=at) for each in messages}
    if not rows:
        return {}
    found = dict(PROMISE(db, given=packed(list(rows.values()))))
    if any(row["lane"] == EMERGENCY_LANE for row in rows.values()):
        live.hint(db, CHANNEL, str(db.tenant_id))
    if before := [key for key in rows if key not in found]:
        found |= dict(PROMISED(db, among=before))
    return found


def _row(message: Message, *, at: datetime) -> dict[str, Any]:
    return {
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
