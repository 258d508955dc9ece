"""What people say back by key or link, handed to whoever knows what it means."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import delete

from notify import phrases
from notify.listeners import LISTENERS
from notify.message import Answer, AnswerKind
from notify.models import Attempt, Fence, HangUp, Notification
from notify.service.relaylog import told
from townline.errors import Problem
from townline.i18n import gettext, speaking
from townline.tenancy import TenantSession

KEYS: dict[str, AnswerKind] = {"1": "accept", "2": "decline"}


def answer(
    db: TenantSession, notification: Notification, said: Answer, *, at: datetime
) -> str:
    """Tell the listener; return what to say back in the recipient's language."""
    notification = db.get(Notification, notification.id, lock=True)
    if said.kind in {"accept", "decline"}:
        notification.state = "answered"
        notification.look_at = None
    with speaking(notification.language):
        listener = LISTENERS.get(notification.purpose)
        if listener is None:
            return phrases.noted()
        try:
            with db.session.begin_nested():
                return listener.answered(db, notification, said, at=at)
        except Problem as refusal:
            # Somebody waits for an answer: they get the reason, and nothing changed.
            return gettext(str(refusal))


def press(
    db: TenantSession, attempt: Attempt, digit: str, *, at: datetime
) -> str | None:
    """A key in a call of ours: what to say, or None to say everything again."""
    notification = db.get(Notification, attempt.notification_id)
    spoken = press_about(db, notification, digit, at=at, attempt=attempt)
    if spoken is not None:
        # Whoever accepts is still on the phone: only the others' calls are hung up.
        db.session.execute(
            delete(HangUp).where(
                HangUp.tenant_id == db.tenant_id, HangUp.attempt_id == attempt.id
            )
        )
    return spoken


def press_about(
    db: TenantSession,
    notification: Notification,
    digit: str,
    *,
    at: datetime,
    attempt: Attempt | None = None,
) -> str | None:
    """A key about one message, in a call of ours or of theirs."""
    kind = KEYS.get(digit)
    if kind is None:
        return None
    event = "relay.answered_by_person"
    told(db, notification, event, at=at, attempt=attempt, key=digit)
    said = Answer(kind=kind, via="voice", name=notification.recipient_name)
    return answer(db, notification, said, at=at)


def closed_fence(db: TenantSession, notification: Notification) -> Fence | None:
    """The fence, if somebody has taken it in the meantime."""
    if notification.fence_id is None:
        return None
    fence = db.get(Fence, notification.fence_id)
    return fence if fence.closed_at else None
