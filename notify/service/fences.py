"""Stopping a whole group of messages at once: no intent commits after the act."""

from __future__ import annotations

from collections.abc import Collection
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import bindparam, func, select, update
from sqlalchemy.dialects.postgresql import insert

from notify.models import WAITING, Attempt, Fence, HangUp, Notification, ReplyCode
from notify.rules import receipts
from townline import proof
from townline.db import new_id
from townline.errors import NotFound
from townline.prepared import Prepared
from townline.tenancy import TenantSession

OPEN = Prepared(
    insert(Fence)
    .values(
        tenant_id=bindparam("town", type_=Fence.tenant_id.type),
        id=bindparam("group", type_=Fence.id.type),
        epoch=1,
        closed_by="",
    )
    .on_conflict_do_update(
        index_elements=["tenant_id", "id"],
        set_={"closed_at": None, "closed_by": ""},
    )
    .returning(Fence.epoch)
)


def open_fence(db: TenantSession, group: UUID) -> int:
    """Let the group be written to, again if it was closed; return its epoch."""
    ((epoch,),) = OPEN(db, group=group)
    return int(epoch)


def raise_fence(
    db: TenantSession, group: UUID, *, at: datetime, close: bool, by: str = ""
) -> int:
    """Void what is pending under older epochs; return the new one.

    From the commit on no intent of an older epoch can be written. With ``close``
    none at all, and calls that are being made are hung up; ``by`` is who took it,
    as people who answer later are told.
    """
    fresh: dict[str, Any] = {"epoch": Fence.epoch + 1}
    if close:
        fresh["closed_at"] = at
        fresh["closed_by"] = func.coalesce(func.nullif(by, ""), Fence.closed_by)
    raised = (
        update(Fence)
        .where(Fence.tenant_id == db.tenant_id, Fence.id == group)
        .values(fresh)
        .returning(Fence.epoch)
    )
    epoch = db.session.scalar(raised)
    if epoch is None:
        raise NotFound
    cancel(db, group, at=at)
    if close:
        _hang_up_open_calls(db, group, at=at)
    return epoch


def cancel(
    db: TenantSession, group: UUID, *, except_keys: Collection[str] = (), at: datetime
) -> int:
    """Withdraw what still waits; what a worker has just claimed is on its way."""
    waiting = (
        select(Notification.id)
        .where(
            Notification.tenant_id == db.tenant_id,
            Notification.fence_id == group,
            Notification.state.in_(WAITING),
            Notification.key.not_in(except_keys),
        )
        # A claim holds its rows only until it finds that the epoch is over.
        .with_for_update(skip_locked=True)
    )
    cancelled = db.session.execute(
        update(Notification)
        .where(Notification.tenant_id == db.tenant_id, Notification.id.in_(waiting))
        .values(state="cancelled")
        .returning(Notification.subject_id, Notification.recipient_name)
        .execution_options(synchronize_session=False)
    ).all()
    for subject in {each.subject_id for each in cancelled}:
        names = sorted({each.recipient_name for each in cancelled})
        proof.record(db, "relay.cancelled", subject=subject, at=at, to=names)
    return len(cancelled)


def retire_codes(db: TenantSession, group: UUID, *, at: datetime) -> None:
    """The ticket is closed: its codes are answered for a week and touch nothing."""
    db.session.execute(
        update(ReplyCode)
        .where(
            ReplyCode.tenant_id == db.tenant_id,
            ReplyCode.fence_id == group,
            ReplyCode.retired_at.is_(None),
        )
        .values(retired_at=at)
        .execution_options(synchronize_session=False)
    )


def _hang_up_open_calls(db: TenantSession, group: UUID, *, at: datetime) -> None:
    open_calls = (
        select(Attempt.id)
        .join(
            Notification,
            (Notification.tenant_id == db.tenant_id)
            & (Notification.id == Attempt.notification_id),
        )
        .where(
            Attempt.tenant_id == db.tenant_id,
            Attempt.channel == "voice",
            Attempt.status.not_in(receipts.FINAL | {receipts.REFUSED}),
            Notification.fence_id == group,
        )
    )
    rows = [
        {"tenant_id": db.tenant_id, "id": new_id(), "attempt_id": id, "asked_at": at}
        for id in db.session.scalars(open_calls)
    ]
    if rows:
        once = ["tenant_id", "attempt_id"]
        fresh = insert(HangUp).values(rows).on_conflict_do_nothing(index_elements=once)
        db.session.execute(fresh)
