"""Writing down what the carriers answered; only the holder of the claim may.

What they took is written in one statement a table. What is more than that (a refusal,
a doubt, a callback that was faster than the answer) is folded row by row.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from datetime import datetime
from uuid import UUID

from msgspec import Struct
from sqlalchemy import bindparam, select, update

from notify.channels import DeliveryFailed, Parcel
from notify.models import Attempt, Notification
from notify.rules import outcomes as rules
from notify.rules import receipts
from notify.rules.receipts import Receipt
from notify.service.learning import REACHED, doubt, learn, locked_together, refuse
from townline.prepared import Prepared
from townline.sets import packed, to_be_among, to_be_given
from townline.tenancy import TenantSession


class Outcome(Struct, frozen=True):
    """``answer`` is the carrier's id for the parcel, or why there is none."""

    parcel: Parcel
    answer: str | DeliveryFailed

    @property
    def taken(self) -> bool:
        return isinstance(self.answer, str)


class _Claimed(Struct, frozen=True):
    id: UUID
    lease: int


class _Accepted(Struct, frozen=True):
    id: UUID
    sid: str | None
    ask_at: datetime | None


# Lock them in the order of their groups, as whoever else waits for several does; then
# move those that are still as the claim left them.
HELD = (
    select(Notification.id)
    .where(Notification.tenant_id == bindparam("town"), to_be_among(Notification.id))
    .order_by(Notification.fence_id, Notification.id)
    .with_for_update(key_share=True)
    .cte("held")
)
CLAIMED = to_be_given(Notification.id, Notification.lease)
MOVE = Prepared(
    update(Notification)
    .where(
        Notification.tenant_id == bindparam("town"),
        Notification.id == HELD.c.id,
        Notification.id == CLAIMED.c.id,
        Notification.lease == CLAIMED.c.lease,
        Notification.state == "sending",
    )
    .values(state=REACHED[receipts.ACCEPTED], look_at=None)
    .returning(Notification.id)
)
TAKEN = to_be_given(Attempt.id, Attempt.sid, Attempt.ask_at)
NOTE = Prepared(
    update(Attempt)
    .where(
        Attempt.tenant_id == bindparam("town"),
        to_be_among(Attempt.id),
        Attempt.id == TAKEN.c.id,
    )
    .values(
        sid=TAKEN.c.sid,
        status=receipts.ACCEPTED,
        status_at=bindparam("at"),
        ask_at=TAKEN.c.ask_at,
    )
)


def record(
    db: TenantSession, outcomes: Sequence[Outcome], *, at: datetime
) -> list[Outcome]:
    """Those that were written; of a claim that was taken over in between, nothing is,
    and nothing follows: its answer may be that of a carrier long since well again."""
    moved = _write_taken(db, [each for each in outcomes if each.taken], at=at)
    written = [each for each in outcomes if each.parcel.notification_id in moved]
    rest = [each for each in outcomes if each.parcel.notification_id not in moved]
    return written + _fold(db, rest, at=at)


def _write_taken(
    db: TenantSession, taken: Sequence[Outcome], *, at: datetime
) -> Collection[UUID]:
    """The notifications whose claim still stands, and of whom nothing else is known."""
    if not taken:
        return frozenset()
    claims = [_Claimed(it.parcel.notification_id, it.parcel.lease) for it in taken]
    rows = MOVE(db, given=packed(claims), among=[each.id for each in claims])
    moved = frozenset(id for (id,) in rows)
    noted = [
        _Accepted(each.parcel.attempt_id, str(each.answer) or None, _ask_at(each, at))
        for each in taken
        if each.parcel.notification_id in moved
    ]
    if noted:
        NOTE(db, given=packed(noted), among=[each.id for each in noted], at=at)
    return moved


def _ask_at(outcome: Outcome, at: datetime) -> datetime | None:
    return None if outcome.parcel.channel == "email" else at + rules.ASK_AFTER


def _fold(
    db: TenantSession, outcomes: Sequence[Outcome], *, at: datetime
) -> list[Outcome]:
    named = {each.parcel.attempt_id: each.parcel.notification_id for each in outcomes}
    rows = locked_together(db, named) if named else {}
    return [
        outcome
        for outcome in outcomes
        if _record(db, outcome, *rows[outcome.parcel.attempt_id], at=at)
    ]


def _record(
    db: TenantSession,
    outcome: Outcome,
    notification: Notification,
    attempt: Attempt,
    *,
    at: datetime,
) -> bool:
    parcel, answer = outcome.parcel, outcome.answer
    if notification.lease != parcel.lease:
        return False
    if isinstance(answer, str):
        learn(db, notification, attempt, Receipt(receipts.ACCEPTED), at=at, sid=answer)
    elif not _is_open(notification, attempt):
        # A callback was faster: the carrier has it, whatever we did not hear.
        return False
    elif answer.kind == "ambiguous":
        doubt(db, notification, attempt, at=at)
    else:
        refuse(db, notification, attempt, answer, at=at)
    return True


def _is_open(notification: Notification, attempt: Attempt) -> bool:
    """Also when its own ticket was answered meanwhile, if it carries others."""
    carries = attempt.carries > 0 and attempt.status == receipts.INTENDED
    return notification.state == "sending" or carries
