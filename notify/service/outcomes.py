"""Writing down what the carriers answered; only the holder of the claim may.

What they took is written in one statement a table. What is more than that (a refusal,
a doubt, a callback that was faster than the answer) is folded row by row.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import select, update

from notify.channels import DeliveryFailed, Parcel
from notify.models import Attempt, Notification
from notify.rules import outcomes as rules
from notify.rules import receipts
from notify.rules.receipts import Receipt
from notify.service.learning import REACHED, doubt, learn, locked_together, refuse
from townline.sets import among, given
from townline.tenancy import TenantSession


@dataclass(frozen=True, slots=True)
class Outcome:
    """``answer`` is the carrier's id for the parcel, or why there is none."""

    parcel: Parcel
    answer: str | DeliveryFailed

    @property
    def taken(self) -> bool:
        return isinstance(self.answer, str)


@dataclass(frozen=True, slots=True)
class _Claimed:
    id: UUID
    lease: int


@dataclass(frozen=True, slots=True)
class _Accepted:
    id: UUID
    sid: str | None
    ask_at: datetime | None


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
    moved = _move(db, [each.parcel for each in taken])
    rows = [
        _Accepted(each.parcel.attempt_id, str(each.answer) or None, _ask_at(each, at))
        for each in taken
        if each.parcel.notification_id in moved
    ]
    if rows:
        _note(db, rows, at=at)
    return moved


def _move(db: TenantSession, parcels: Sequence[Parcel]) -> Collection[UUID]:
    """Lock them in the order of their groups, as whoever else waits for several does;
    then move those that are still as the claim left them."""
    held = (
        select(Notification.id)
        .where(
            Notification.tenant_id == db.tenant_id,
            among(Notification.id, [each.notification_id for each in parcels]),
        )
        .order_by(Notification.fence_id, Notification.id)
        .with_for_update(key_share=True)
        .cte("held")
    )
    rows = [_Claimed(each.notification_id, each.lease) for each in parcels]
    claimed = given(rows, Notification.id, Notification.lease)
    moved = (
        update(Notification)
        .where(
            Notification.tenant_id == db.tenant_id,
            Notification.id == held.c.id,
            Notification.id == claimed.c.id,
            Notification.lease == claimed.c.lease,
            Notification.state == "sending",
        )
        .values(state=REACHED[receipts.ACCEPTED], look_at=None)
        .returning(Notification.id)
        .execution_options(synchronize_session=False)
    )
    return frozenset(db.session.scalars(moved))


def _note(db: TenantSession, rows: Sequence[_Accepted], *, at: datetime) -> None:
    these = given(rows, Attempt.id, Attempt.sid, Attempt.ask_at)
    db.session.execute(
        update(Attempt)
        .where(Attempt.tenant_id == db.tenant_id, Attempt.id == these.c.id)
        .values(
            sid=these.c.sid,
            status=receipts.ACCEPTED,
            status_at=at,
            ask_at=these.c.ask_at,
        )
        .execution_options(synchronize_session=False)
    )


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
