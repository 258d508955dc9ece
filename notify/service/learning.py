"""What is learnt of an attempt, from whomever, and what follows for its promise."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from datetime import datetime
from uuid import UUID

from notify.channels import DeliveryFailed
from notify.channels.errors import kind_of
from notify.listeners import LISTENERS
from notify.models import Attempt, Fence, HangUp, Notification, NotificationState
from notify.rules import outcomes, receipts
from notify.rules.outcomes import FailureKind
from notify.rules.receipts import Receipt, fold
from notify.service.carrying import carried
from notify.service.circuits import suspect
from notify.service.optouts import opt_out
from notify.service.relaylog import EVENTS, told
from townline.tenancy import TenantSession

REACHED: dict[str, NotificationState] = {
    receipts.ACCEPTED: "accepted",
    "queued": "accepted",
    "sending": "accepted",
    "ringing": "sent",
    "sent": "sent",
    "picked_up": "sent",
    "delivered": "delivered",
    "read": "delivered",
}

IN_FLIGHT: tuple[NotificationState, ...] = ("sending", "merged", "ambiguous")


def locked(
    db: TenantSession, notification_id: UUID, attempt_id: UUID
) -> tuple[Notification, Attempt]:
    """Both rows, in this order, as they are now.

    The attempt's key stays free: whoever accepts meanwhile orders its call hung up
    by a row that refers to it, and must not wait for us while we wait for the run.
    """
    return locked_together(db, {attempt_id: notification_id})[attempt_id]


def locked_together(
    db: TenantSession, named: Mapping[UUID, UUID]
) -> dict[UUID, tuple[Notification, Attempt]]:
    """The same for many: attempt to notification in, attempt to both rows out.

    In the order of their groups, as whoever else waits for several locks them.
    """
    promised = (
        db.rows(Notification)
        .where(Notification.id.in_(list(named.values())))
        .order_by(Notification.fence_id, Notification.id)
        .with_for_update()
        .execution_options(populate_existing=True)
    )
    tried = (
        db.rows(Attempt)
        .where(Attempt.id.in_(list(named)))
        .order_by(Attempt.id)
        .with_for_update(key_share=True)
        .execution_options(populate_existing=True)
    )
    notifications = {each.id: each for each in db.session.scalars(promised)}
    attempts = {each.id: each for each in db.session.scalars(tried)}
    return {id: (notifications[named[id]], attempts[id]) for id in named}


def learn(
    db: TenantSession,
    notification: Notification,
    attempt: Attempt,
    receipt: Receipt,
    *,
    at: datetime,
    sid: str = "",
) -> None:
    """Fold a carrier's word into the attempt; both rows are locked by the caller."""
    before = Receipt(attempt.status, attempt.error)
    after = fold(before, receipt)
    attempt.sid = attempt.sid or sid or None
    if after == before:
        return
    together = _together(db, notification, attempt)
    _note(db, together, attempt, after, at=at)
    askable = attempt.channel != "email" and not after.is_final
    attempt.ask_at = at + outcomes.ASK_AFTER if askable else None
    for each in together:
        # What somebody has answered, or what was tried again since, stays as it is.
        superseded = each is notification and attempt.number != each.tries
        if not superseded and each.state != "answered":
            _move(db, each, attempt, after, at=at)


def refuse(
    db: TenantSession,
    notification: Notification,
    attempt: Attempt,
    failure: DeliveryFailed,
    *,
    at: datetime,
) -> None:
    """The carrier did not take it: another try, or the end of this promise."""
    kind, code = failure.kind, failure.code
    together = _together(db, notification, attempt)
    _note(db, together, attempt, Receipt(receipts.REFUSED, code), at=at)
    for each in _in_flight(together):
        due_at = outcomes.next_try(kind, each.tries, at=at, after=failure.after)
        if due_at is None:
            _end(db, each, "failed", kind=kind, code=code, at=at)
        else:
            try_again(each, due_at=due_at)


def doubt(
    db: TenantSession, notification: Notification, attempt: Attempt, *, at: datetime
) -> None:
    """Nobody knows whether the carrier took it. Level 1 does not wait to find out."""
    together = _together(db, notification, attempt)
    _note(db, together, attempt, Receipt(receipts.AMBIGUOUS), at=at)
    # Whoever held the claim may no longer write what became of it.
    notification.lease += 1
    if notification.state == "answered":
        # Nobody looks for what is answered: the tickets beside it are told again.
        for each in _in_flight(together):
            try_again(each, due_at=at)
        return
    notification.state = "ambiguous"
    notification.look_at = at + outcomes.FIRST_LOOK
    for each in _in_flight(together):
        if each.level == 1:
            _tell_listener(db, each, "ambiguous", at=at)


def not_sent(
    db: TenantSession, notification: Notification, attempt: Attempt, *, at: datetime
) -> None:
    """The carrier never had it: the next try, as if the first had not been."""
    together = _together(db, notification, attempt)
    _note(db, together, attempt, Receipt(receipts.NOT_SENT), at=at)
    for each in _in_flight(together):
        if each.tries < outcomes.MOST_TRIES:
            try_again(each, due_at=at)
        else:
            _end(db, each, "failed", kind="retry", code="not_sent", at=at)


def try_again(notification: Notification, *, due_at: datetime) -> None:
    notification.state = "pending"
    notification.carried_by = None
    notification.due_at = due_at
    notification.look_at = None


def give_up(
    db: TenantSession,
    notification: Notification,
    state: NotificationState,
    why: str,
    *,
    at: datetime,
) -> None:
    """The promise cannot be kept; its listener hears of it in this transaction."""
    notification.state = state
    notification.why = why
    notification.look_at = None
    _tell_listener(db, notification, why, at=at)


def _together(
    db: TenantSession, notification: Notification, attempt: Attempt
) -> list[Notification]:
    """Whose words it carried: runs are told of it in the order of their groups, so
    that two messages about the same tickets never wait for each other."""
    everybody = [notification, *carried(db, attempt)]
    return sorted(everybody, key=lambda each: (str(each.fence_id), str(each.id)))


def _in_flight(together: Iterable[Notification]) -> Iterator[Notification]:
    """Without those that were answered, or given up, while it was on its way."""
    return (each for each in together if each.state in IN_FLIGHT)


def _note(
    db: TenantSession,
    together: Iterable[Notification],
    attempt: Attempt,
    receipt: Receipt,
    *,
    at: datetime,
) -> None:
    attempt.status, attempt.error = receipt.status, receipt.error
    attempt.status_at = at
    event = EVENTS.get(receipt.status)
    # A call that we ended ourselves is no sign of whoever was called.
    if event == "relay.no_answer" and _we_hung_up(db, attempt):
        event = "relay.hung_up"
    for each in together:
        heard_out = receipt.status == "completed" and each.state == "answered"
        if event and not heard_out:
            told(db, each, event, at=at, attempt=attempt, error=receipt.error)


def _we_hung_up(db: TenantSession, attempt: Attempt) -> bool:
    asked = db.rows(HangUp).where(HangUp.attempt_id == attempt.id)
    return db.session.scalar(asked) is not None


def _move(
    db: TenantSession,
    notification: Notification,
    attempt: Attempt,
    known: Receipt,
    *,
    at: datetime,
) -> None:
    if state := REACHED.get(known.status):
        notification.state = state
        notification.look_at = None
    elif known.status == "completed":
        # They heard us out and pressed nothing.
        give_up(db, notification, "undelivered", "no_key", at=at)
    elif known.is_lost:
        _lost(db, notification, attempt, known, at=at)


def _lost(
    db: TenantSession,
    notification: Notification,
    attempt: Attempt,
    known: Receipt,
    *,
    at: datetime,
) -> None:
    kind = kind_of(notification.channel, known.error)
    code = known.error or known.status
    if attempt.notification_id == notification.id:
        suspect(db, attempt, kind, code, at=at)
    due_at = outcomes.repeat_lost(kind, notification.tries, at=at)
    if due_at is None:
        _end(db, notification, "undelivered", kind=kind, code=code, at=at)
        return
    try_again(notification, due_at=due_at)
    if kind == "later":
        # The ladder does not wait for the handset to be switched on.
        _tell_listener(db, notification, code, at=at)


def _end(
    db: TenantSession,
    notification: Notification,
    state: NotificationState,
    *,
    kind: FailureKind,
    code: str,
    at: datetime,
) -> None:
    if kind == "fix_contact":
        told(db, notification, "relay.contact_wrong", at=at, error=code)
    if kind == "opted_out":
        opt_out(db, notification.destination, at=at)
        state = "suppressed"
    told_as = {"opted_out", "fix_contact", *outcomes.STOPPED}
    why = kind if kind in told_as else code or kind
    give_up(db, notification, state, why, at=at)


def _tell_listener(
    db: TenantSession, notification: Notification, why: str, *, at: datetime
) -> None:
    """Nobody hears of a message that no longer mattered to anybody."""
    listener = LISTENERS.get(notification.purpose)
    if listener and _matters(db, notification):
        db.session.flush()
        listener.failed(db, notification, why, at=at)


def _matters(db: TenantSession, notification: Notification) -> bool:
    if notification.fence_id is None:
        return True
    fence = db.get(Fence, notification.fence_id)
    return fence.closed_at is None and fence.epoch == notification.epoch
