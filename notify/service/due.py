"""What is due in one town, locked and read as values, and the gate it must pass.

A claim holds its notifications, and the fences they stand behind ``FOR SHARE``, until
it commits. It never waits for a fence: somebody who is just accepting holds it, and
waits for our rows in turn. What cannot be locked at once is left for the next pass.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from msgspec import Struct
from sqlalchemy import bindparam, select, update

from notify.message import Channel, HeldFor, Purpose, RecipientKind
from notify.models import IS_WAITING, Fence, Notification, OptOut
from townline.prepared import Prepared
from townline.sets import to_be_among
from townline.tenancy import TenantSession


class Due(Struct, frozen=True):
    """A promise whose time has come; its fields are the columns of the same names."""

    id: UUID
    purpose: Purpose
    recipient_kind: RecipientKind
    recipient_key: str
    recipient_name: str
    language: str
    channel: Channel
    destination: str
    template: str
    context: Mapping[str, Any]
    subject_id: UUID
    fence_id: UUID | None
    epoch: int
    level: int
    wants_code: bool
    code: str | None
    promised_at: datetime
    due_at: datetime
    expires_at: datetime | None
    held_for: HeldFor
    tries: int
    lease: int


COLUMNS = [getattr(Notification, name) for name in Due.__struct_fields__]
OPTED_OUT = select(OptOut.id).where(
    OptOut.tenant_id == bindparam("town"),
    OptOut.destination == Notification.destination,
)
TAKE = Prepared(
    select(*COLUMNS)
    .where(
        Notification.tenant_id == bindparam("town"),
        IS_WAITING,
        Notification.lane == bindparam("lane"),
        Notification.due_at <= bindparam("at"),
        # What has expired, has no words, or may not be written to, is told to its
        # listener by the sweep.
        Notification.why == "",
        Notification.expires_at.is_(None) | (Notification.expires_at > bindparam("at")),
        ~OPTED_OUT.exists(),
    )
    .order_by(Notification.due_at)
    .limit(bindparam("limit"))
    .with_for_update(skip_locked=True, of=Notification)
)
LOCK = Prepared(
    select(Fence.id, Fence.epoch, Fence.closed_at)
    .where(Fence.tenant_id == bindparam("town"), to_be_among(Fence.id))
    .order_by(Fence.id)
    .with_for_update(read=True, skip_locked=True)
)
CANCEL = Prepared(
    update(Notification)
    .where(Notification.tenant_id == bindparam("town"), to_be_among(Notification.id))
    .values(state="cancelled")
)


def take(db: TenantSession, *, lane: int, limit: int, at: datetime) -> list[Due]:
    """Lock what waits in one lane, the longest first, and leave what others hold."""
    return [Due(*row) for row in TAKE(db, lane=lane, limit=limit, at=at)]


def past_the_gate(db: TenantSession, due: Sequence[Due]) -> list[Due]:
    """Those whose group still wants them; what is planned under an older epoch, or
    behind a closed fence, is cancelled."""
    groups = {each.fence_id for each in due if each.fence_id}
    locked = LOCK(db, among=[*groups]) if groups else ()
    fences = {id: _Standing(epoch, closed_at) for id, epoch, closed_at in locked}
    may_go, void = [], []
    for each in due:
        if each.fence_id is None:
            may_go.append(each)
        elif fence := fences.get(each.fence_id):
            if fence.closed_at is None and fence.epoch == each.epoch:
                may_go.append(each)
            else:
                void.append(each.id)
    if void:
        CANCEL(db, among=void)
    return may_go


class _Standing(Struct, frozen=True):
    epoch: int
    closed_at: datetime | None
