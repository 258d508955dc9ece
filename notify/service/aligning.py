"""Bringing a fence back into step with the run it belongs to; the auditor's verb."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import func, update
from sqlalchemy.dialects.postgresql import insert

from notify.models import WAITING, Fence, Notification
from townline import proof
from townline.tenancy import TenantSession


def align_fence(
    db: TenantSession, group: UUID, *, epoch: int, closed: bool, at: datetime
) -> None:
    """Make the fence say what its run says, and withdraw what it then keeps back.

    Unlike ``raise_fence`` it counts no new epoch: run and fence must stay equal.
    """
    fresh = insert(Fence).values(
        tenant_id=db.tenant_id,
        id=group,
        epoch=epoch,
        closed_at=at if closed else None,
        closed_by="",
    )
    closing = func.coalesce(Fence.closed_at, fresh.excluded.closed_at)
    said = {
        "epoch": fresh.excluded.epoch,
        "closed_at": closing if closed else None,
    }
    db.session.execute(
        fresh.on_conflict_do_update(index_elements=["tenant_id", "id"], set_=said)
    )
    _withdraw(db, group, epoch=epoch, closed=closed, at=at)


def _withdraw(
    db: TenantSession, group: UUID, *, epoch: int, closed: bool, at: datetime
) -> None:
    waiting = update(Notification).where(
        Notification.tenant_id == db.tenant_id,
        Notification.fence_id == group,
        Notification.state.in_(WAITING),
    )
    if not closed:
        waiting = waiting.where(Notification.epoch != epoch)
    withdrawn = db.session.execute(
        waiting.values(state="cancelled")
        .returning(Notification.subject_id, Notification.recipient_name)
        .execution_options(synchronize_session=False)
    ).all()
    for subject in {each.subject_id for each in withdrawn}:
        names = sorted({each.recipient_name for each in withdrawn})
        proof.record(db, "relay.cancelled", subject=subject, at=at, to=names)
