"""What is due in one town, locked and read as values, and the gate it must pass.

A claim holds its notifications, and the fences they stand behind ``FOR SHARE``, until
it commits. It never waits for a fence: somebody who is just accepting holds it, and
waits for our rows in turn. What cannot be locked at once is left for the next pass.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, select, update

from notify.message import Channel, HeldFor, Purpose, RecipientKind
from notify.models import WAITING, Fence, Notification, OptOut
from townline.sets import among
from townline.tenancy import TenantSession


@dataclass(frozen=True, slots=True)
class Due:
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


COLUMNS = [getattr(Notification, each.name) for each in fields(Due)]
# Put together once: to do so takes longer than PostgreSQL does to answer.
OPTED_OUT = select(OptOut.id).where(
    OptOut.tenant_id == bindparam("town"),
    OptOut.destination == Notification.destination,
)
TAKE = (
    select(*COLUMNS)
    .where(
        Notification.tenant_id == bindparam("town"),
        Notification.state.in_(WAITING),
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


def take(db: TenantSession, *, lane: int, limit: int, at: datetime) -> list[Due]:
    """Lock what waits in one lane, the longest first, and leave what others hold."""
    asked = {"town": db.tenant_id, "lane": lane, "limit": limit, "at": at}
    return [Due(*row) for row in db.session.execute(TAKE, asked)]


def past_the_gate(db: TenantSession, due: Sequence[Due]) -> list[Due]:
    """Those whose group still wants them; what is planned under an older epoch, or
    behind a closed fence, is cancelled."""
    groups = {each.fence_id for each in due if each.fence_id}
    fences = _lock(db, groups) if groups else {}
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
        _cancel(db, void)
    return may_go


@dataclass(frozen=True, slots=True)
class _Standing:
    epoch: int
    closed_at: datetime | None


def _lock(db: TenantSession, ids: Collection[UUID]) -> dict[UUID, _Standing]:
    statement = (
        select(Fence.id, Fence.epoch, Fence.closed_at)
        .where(Fence.tenant_id == db.tenant_id, among(Fence.id, ids))
        .order_by(Fence.id)
        .with_for_update(read=True, skip_locked=True)
    )
    return {
        id: _Standing(epoch, closed_at)
        for id, epoch, closed_at in db.session.execute(statement)
    }


def _cancel(db: TenantSession, ids: Collection[UUID]) -> None:
    db.session.execute(
        update(Notification)
        .where(Notification.tenant_id == db.tenant_id, among(Notification.id, ids))
        .values(state="cancelled")
        .execution_options(synchronize_session=False)
    )
