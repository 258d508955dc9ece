"""Giving out reply codes: one for each phone and ticket, the same for repeats."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import select, update
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
    if code := _repeated(db, notification, ours=ours):
        return code
    taken = _taken(db, ours=ours, theirs=notification.destination, at=at)
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


def _repeated(
    db: TenantSession, notification: Notification, *, ours: str
) -> str | None:
    """The ticket's live code on this phone, from now on for this message."""
    again = (
        update(ReplyCode)
        .where(
            ReplyCode.tenant_id == db.tenant_id,
            ReplyCode.fence_id == notification.fence_id,
            ReplyCode.ours == ours,
            ReplyCode.theirs == notification.destination,
            ReplyCode.retired_at.is_(None),
        )
        .values(notification_id=notification.id)
        .returning(ReplyCode.code)
        .execution_options(synchronize_session=False)
    )
    return db.session.scalar(again)


def _taken(db: TenantSession, *, ours: str, theirs: str, at: datetime) -> set[str]:
    """A busy phone has hundreds: only their digits are read."""
    statement = select(ReplyCode.code, ReplyCode.retired_at).where(
        ReplyCode.tenant_id == db.tenant_id,
        ReplyCode.ours == ours,
        ReplyCode.theirs == theirs,
    )
    return {
        code
        for code, retired_at in db.session.execute(statement)
        if not codes.may_be_taken(retired_at, at=at)
    }


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
