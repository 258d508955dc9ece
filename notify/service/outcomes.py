"""Writing down what the carriers answered; only the holder of the claim may."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from notify.channels import DeliveryFailed, Parcel
from notify.models import Attempt, Notification
from notify.rules import receipts
from notify.rules.receipts import Receipt
from notify.service.learning import doubt, learn, locked_together, refuse
from townline.tenancy import TenantSession


@dataclass(frozen=True, slots=True)
class Outcome:
    """``answer`` is the carrier's id for the parcel, or why there is none."""

    parcel: Parcel
    answer: str | DeliveryFailed

    @property
    def taken(self) -> bool:
        return isinstance(self.answer, str)


def record(db: TenantSession, outcomes: Sequence[Outcome], *, at: datetime) -> int:
    """How many were written; a claim that was taken over in between is not."""
    named = {each.parcel.attempt_id: each.parcel.notification_id for each in outcomes}
    rows = locked_together(db, named)
    return sum(
        _record(db, outcome, *rows[outcome.parcel.attempt_id], at=at)
        for outcome in outcomes
    )


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
    elif notification.state != "sending":
        # A callback was faster: the carrier has it, whatever we did not hear.
        return False
    elif answer.kind == "ambiguous":
        doubt(db, notification, attempt, at=at)
    else:
        refuse(db, notification, attempt, answer, at=at)
    return True
