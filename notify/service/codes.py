"""Giving out reply codes: one for each phone and ticket, the same for repeats."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

from notify.models import Fence, Notification, ReplyCode
from notify.rules import codes
from townline.db import new_id
from townline.tenancy import TenantSession


def code_for(
    db: TenantSession, notification: Notification, *, ours: str, at: datetime
) -> str | None:
    """None without a group, or when all 987 codes of this phone are in use."""
    if notification.fence_id is None:
        return None
    known = _of_phone(db, ours=ours, theirs=notification.destination)
    for each in known:
        if each.fence_id == notification.fence_id and each.retired_at is None:
            each.notification_id = notification.id
            return each.code
    taken = {
        each.code for each in known if not codes.may_be_taken(each.retired_at, at=at)
    }
    while (code := codes.next_code(taken)) and not _take(
        db, notification, ours=ours, code=code, at=at
    ):
        taken.add(code)
    return code


def live_codes(
    db: TenantSession, *, ours: str, theirs: str
) -> Sequence[tuple[ReplyCode, Fence]]:
    """What this phone may answer to, the latest last."""
    statement = (
        select(ReplyCode, Fence)
        .join(
            Fence,
            (Fence.tenant_id == db.tenant_id) & (Fence.id == ReplyCode.fence_id),
        )
        .where(
            ReplyCode.tenant_id == db.tenant_id,
            ReplyCode.ours == ours,
            ReplyCode.theirs == theirs,
            ReplyCode.retired_at.is_(None),
        )
        .order_by(ReplyCode.given_at)
    )
    return [(code, fence) for code, fence in db.session.execute(statement)]


def find_code(
    db: TenantSession, *, ours: str, theirs: str, code: str
) -> ReplyCode | None:
    return db.session.scalar(
        db.rows(ReplyCode).where(
            ReplyCode.ours == ours, ReplyCode.theirs == theirs, ReplyCode.code == code
        )
    )


def _of_phone(db: TenantSession, *, ours: str, theirs: str) -> Sequence[ReplyCode]:
    statement = db.rows(ReplyCode).where(
        ReplyCode.ours == ours, ReplyCode.theirs == theirs
    )
    return db.session.scalars(statement).all()


def _take(
    db: TenantSession, notification: Notification, *, ours: str, code: str, at: datetime
) -> bool:
    """Two workers may want the same code for two tickets: one of them gets it."""
    given = {
        "fence_id": notification.fence_id,
        "notification_id": notification.id,
        "given_at": at,
        "retired_at": None,
    }
    won = (
        insert(ReplyCode)
        .values(
            tenant_id=db.tenant_id,
            id=new_id(),
            ours=ours,
            theirs=notification.destination,
            code=code,
            **given,
        )
        .on_conflict_do_update(
            index_elements=["tenant_id", "ours", "theirs", "code"],
            set_=given,
            where=ReplyCode.retired_at <= at - codes.RESTS,
        )
        .returning(ReplyCode.id)
    )
    return db.session.scalar(won) is not None
