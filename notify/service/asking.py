"""What one phone is being asked: for whoever calls instead of writing."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from uuid import UUID

from sqlalchemy import Select, select

import tenants
from notify import rendering
from notify.models import Fence, Notification, ReplyCode
from notify.rendering import Unrenderable
from tenants.town import Town
from townline.tenancy import TenantSession


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One open ticket; ``script`` is what a call of ours would say about it."""

    code_id: UUID
    level: int
    place: str
    language: str
    script: str


def asked(db: TenantSession, phone: str) -> Sequence[Asked]:
    """What this phone may still take, the most urgent first, each ticket once."""
    town = tenants.current(db).town
    found: dict[UUID, Asked] = {}
    for code, notification in db.session.execute(_open(db, phone)):
        if code.fence_id not in found:
            found[code.fence_id] = _asked(code, notification, town)
    return list(found.values())


def was_asked(db: TenantSession, phone: str) -> bool:
    """Whether this phone has ever been given a code of the town's."""
    known = db.rows(ReplyCode).where(ReplyCode.theirs == phone).limit(1)
    return db.session.scalar(known) is not None


def _open(db: TenantSession, phone: str) -> Select[ReplyCode, Notification]:
    return (
        select(ReplyCode, Notification)
        .join(
            Fence,
            (Fence.tenant_id == db.tenant_id) & (Fence.id == ReplyCode.fence_id),
        )
        .join(
            Notification,
            (Notification.tenant_id == db.tenant_id)
            & (Notification.id == ReplyCode.notification_id),
        )
        .where(
            ReplyCode.tenant_id == db.tenant_id,
            ReplyCode.theirs == phone,
            ReplyCode.retired_at.is_(None),
            Fence.closed_at.is_(None),
        )
        .order_by(Notification.level, ReplyCode.given_at.desc())
    )


def _asked(code: ReplyCode, notification: Notification, town: Town) -> Asked:
    head = rendering.letterhead(
        town,
        language=notification.language,
        name=notification.recipient_name,
        level=notification.level,
        public_url="",
    )
    head = replace(head, code=code.code)
    context = notification.context
    place = str(context.get("place", ""))
    try:
        script = rendering.compose(notification.template, "voice", context, head).body
    except Unrenderable:
        # Written for texts alone; the keys mean the same.
        script = place
    return Asked(
        code_id=code.id,
        level=notification.level,
        place=place,
        language=notification.language,
        script=script,
    )
