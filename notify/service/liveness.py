"""What is known of the town's numbers: which said STOP, and which are alive."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from sqlalchemy import func, select

from notify.models import Attempt, OptOut
from townline.tenancy import TenantSession

# Somebody, or their handset, has had it: a machine's word is enough for a number.
ALIVE = ("delivered", "read", "picked_up", "completed", "no_answer", "busy")


def opted_out(db: TenantSession) -> frozenset[str]:
    statement = select(OptOut.destination).where(OptOut.tenant_id == db.tenant_id)
    return frozenset(db.session.scalars(statement))


def last_heard(db: TenantSession, *, since: datetime) -> Mapping[str, datetime]:
    """When each number that was tried last proved to be there."""
    statement = (
        select(Attempt.theirs, func.max(Attempt.status_at))
        .where(
            Attempt.tenant_id == db.tenant_id,
            Attempt.intended_at >= since,
            Attempt.status.in_(ALIVE),
        )
        .group_by(Attempt.theirs)
    )
    return {number: at for number, at in db.session.execute(statement)}
