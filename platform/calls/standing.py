"""Where in line a caller stands, over all towns, and what that means in minutes.

Agents serve many towns: who is ahead may have called another. The session is the
engine's own, as no one town sees the others' callers.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from sqlalchemy import func, select, tuple_
from sqlalchemy.orm import Session  # noqa: TID251 - the line is that of all towns

from calls.engaged import LONGEST_CALL
from calls.models import Call
from calls.presence import agents_free
from calls.rules.queueing import LAST, LATELY, Answered, expected_minutes
from tenants import Tenant
from townline.tenancy import TenantSession


@dataclass(frozen=True, slots=True)
class Standing:
    """``minutes`` is None where nobody can know."""

    position: int
    minutes: int | None


def standing(session: Session, call: Call, *, at: datetime) -> Standing:
    position = _ahead(session, call, at=at) + 1
    free = agents_free(session, call.tenant_id, at)
    answered = _answered(session, at=at)
    minutes = expected_minutes(answered, position=position, free=free)
    return Standing(position, minutes)


def waiting_here(db: TenantSession) -> int:
    """How many wait in this town."""
    mine = select(func.count()).where(Call.tenant_id == db.tenant_id, *_WAITS)
    return db.session.scalar(mine) or 0


def rung_since(db: TenantSession, since: datetime) -> int:
    """How many have rung this town, whatever became of them."""
    lately = select(func.count()).where(
        Call.tenant_id == db.tenant_id, Call.arrived_at >= since, ~Call.outbound
    )
    return db.session.scalar(lately) or 0


_WAITS = (
    Call.queued_at.is_not(None),
    Call.ended_at.is_(None),
    Call.connected_at.is_(None),
)


def _ahead(session: Session, call: Call, *, at: datetime) -> int:
    place = tuple_(Call.priority, Call.queued_at, Call.id)
    ahead = select(func.count()).where(
        *_WAITS,
        Call.arrived_at > at - LONGEST_CALL,
        place < tuple_(call.priority, call.queued_at, call.id),
    )
    return session.scalar(ahead) or 0


def _answered(session: Session, *, at: datetime) -> Sequence[Answered]:
    """Town by town, by the index that each town's calls have."""
    towns = select(Tenant.id)
    last = (
        select(Call.queued_at, Call.connected_at)
        .where(
            Call.tenant_id.in_(towns),
            Call.arrived_at > at - LATELY - timedelta(hours=1),
            Call.connected_at > at - LATELY,
            Call.queued_at.is_not(None),
            ~Call.outbound,
        )
        .order_by(Call.connected_at.desc())
        .limit(LAST)
    )
    return [
        Answered(queued, connected)
        for queued, connected in session.execute(last)
        if queued and connected
    ]
