"""Putting right what should not have happened; each verb may be repeated at will.

The workers look after all of this by themselves: what is mended here is a fault of
theirs, so each mending is told in the ticket's own story.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select

from notify.models import (
    WAITING,
    Fence,
    Notification,
    NotificationState,
    ProviderEvent,
)
from notify.service import events, rounds
from notify.service.learning import try_again
from notify.service.promises import CHANNEL
from townline import live
from townline.tenancy import TenantSession
from townline.watch import tell_of_repairs


def doubt_stuck(db: TenantSession, broken: Sequence[UUID], *, at: datetime) -> int:
    """Claims that nobody took over count as perhaps sent, and are looked for."""
    found = db.session.scalars(_still(db, broken, "sending")).all()
    for each in found:
        each.look_at = at
    db.session.flush()
    rounds.doubt_lost_claims(db, dead=(), at=at)
    return _told(db, "stuck_in_sending", found, at=at)


def release_overdue(db: TenantSession, broken: Sequence[UUID], *, at: datetime) -> int:
    """End what may not go out any more; for the rest the senders are called again."""
    rounds.end_hopeless(db, at=at)
    found = db.session.scalars(_still(db, broken, *WAITING)).all()
    void = [each for each in found if _is_void(db, each)]
    for each in void:
        each.state = "cancelled"
    live.hint(db, CHANNEL, str(db.tenant_id))
    return _told(db, "overdue", void, at=at)


def look_again(db: TenantSession, broken: Sequence[UUID], *, at: datetime) -> int:
    """An ambiguity without a next look would never be settled."""
    found = db.session.scalars(_still(db, broken, "ambiguous")).all()
    for each in found:
        each.look_at = at
    return _told(db, "ambiguous_unwatched", found, at=at)


def send_alone(db: TenantSession, broken: Sequence[UUID], *, at: datetime) -> int:
    """What went with a message that came to nothing waits for its own turn."""
    found = db.session.scalars(_still(db, broken, "merged")).all()
    for each in found:
        try_again(each, due_at=at)
    return _told(db, "merged_in_vain", found, at=at)


def join_events(db: TenantSession, broken: Sequence[UUID], *, at: datetime) -> int:
    """Reports whose attempt is known by now, and that nobody has joined to it."""
    events.join(db, at=at)
    applied = ProviderEvent.applied_at.is_not(None)
    joined = db.rows(ProviderEvent).where(ProviderEvent.id.in_(broken), applied)
    return len(db.session.scalars(joined).all())


def _still(
    db: TenantSession, ids: Sequence[UUID], *states: NotificationState
) -> Select[Notification]:
    """Locked, and in the order in which everybody locks several of them."""
    return (
        db.rows(Notification)
        .where(Notification.id.in_(ids), Notification.state.in_(states))
        .order_by(Notification.fence_id, Notification.id)
        .with_for_update(skip_locked=True)
        .execution_options(populate_existing=True)
    )


def _is_void(db: TenantSession, notification: Notification) -> bool:
    if notification.fence_id is None:
        return False
    fence = db.get(Fence, notification.fence_id)
    return fence.closed_at is not None or fence.epoch != notification.epoch


def _told(
    db: TenantSession, what: str, mended: Sequence[Notification], *, at: datetime
) -> int:
    tell_of_repairs(db, what, [each.subject_id for each in mended], at=at)
    return len(mended)
