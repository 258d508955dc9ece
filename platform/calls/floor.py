"""What a supervisor watches: how many wait where, and who talks with whom."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from msgspec import Struct
from sqlalchemy import and_, func, or_, select
from sqlalchemy.orm import Session  # noqa: TID251 - boards of many towns

from calls.models import Call
from calls.queries import LONGEST_CALL


class Line(Struct, frozen=True):
    """One town's line at this moment."""

    waiting: int = 0
    longest: datetime | None = None
    talking: int = 0


class Talk(Struct, frozen=True, kw_only=True):
    """A caller and an agent on the line together."""

    tenant_id: UUID
    id: UUID
    agent: str | None
    language: str
    connected_at: datetime


def lines(session: Session, *, at: datetime) -> Mapping[UUID, Line]:
    """By town of a board session; a town where nothing happens is not there."""
    waits = and_(Call.queued_at.is_not(None), Call.connected_at.is_(None))
    rows = session.execute(
        select(
            Call.tenant_id,
            func.count().filter(waits),
            func.min(Call.queued_at).filter(waits),
            func.count().filter(Call.connected_at.is_not(None)),
        )
        .where(
            Call.ended_at.is_(None),
            Call.arrived_at > at - LONGEST_CALL,
            or_(waits, Call.connected_at.is_not(None)),
        )
        .group_by(Call.tenant_id)
    )
    return {
        tenant_id: Line(waiting, longest, talking)
        for tenant_id, waiting, longest, talking in rows
    }


def talks(session: Session, *, at: datetime) -> Sequence[Talk]:
    """Calls in progress, the longest first."""
    rows = session.execute(
        select(
            Call.tenant_id,
            Call.id,
            Call.claimed_by_name.label("agent"),
            Call.language,
            Call.connected_at,
        )
        .where(
            Call.ended_at.is_(None),
            Call.connected_at.is_not(None),
            Call.arrived_at > at - LONGEST_CALL,
        )
        .order_by(Call.connected_at, Call.id)
    )
    return [Talk(**row) for row in rows.mappings()]
