"""Whose words a message had besides its own: what became of it became of them."""

from __future__ import annotations

from collections.abc import Sequence

from notify.models import Attempt, Notification
from notify.sharing import Carried
from townline.tenancy import TenantSession


def carried(db: TenantSession, attempt: Attempt) -> list[Notification]:
    """Those whose last try this was, locked in the order of their groups."""
    if not attempt.carries:
        return []
    statement = (
        db.rows(Notification)
        .join(
            Carried,
            (Carried.tenant_id == db.tenant_id)
            & (Carried.notification_id == Notification.id),
        )
        .where(Carried.attempt_id == attempt.id, Carried.number == Notification.tries)
        .order_by(Notification.fence_id, Notification.id)
        .with_for_update(of=Notification)
        .execution_options(populate_existing=True)
    )
    return list(db.session.scalars(statement))


def meant(
    db: TenantSession, notification: Notification, code: str | None
) -> Notification | Sequence[str]:
    """The one of a letter's tickets that an answer names; if none, their codes."""
    listed = (
        db.rows(Notification)
        .join(
            Carried,
            (Carried.tenant_id == db.tenant_id)
            & (Carried.notification_id == Notification.id),
        )
        .join(
            Attempt,
            (Attempt.tenant_id == db.tenant_id) & (Attempt.id == Carried.attempt_id),
        )
        .where(Attempt.notification_id == notification.id)
        .order_by(Carried.id)
    )
    beside = db.session.scalars(listed).unique().all()
    together = {each.code or "": each for each in (notification, *beside)}
    return together.get(code or "") or list(together) if beside else notification
