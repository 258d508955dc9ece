"""Handovers that wait for their second signature, those that had it, and the notes."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, exists, select
from sqlalchemy.orm import Session  # noqa: TID251 - boards of many towns

from calls.handover.models import Handover, HandoverNote
from townline.tenancy import TenantSession

# A row for each town of a shift: some weeks of shifts.
MOST_ROWS = 1000


def unsigned(session: Session, *, since: datetime) -> Sequence[Handover]:
    """What somebody signed over and nobody has taken, the latest shift first."""
    statement = select(Handover).where(
        Handover.incoming_at.is_(None), Handover.outgoing_at >= since
    )
    return session.scalars(_newest(statement)).all()


def past(session: Session, *, since: datetime) -> Sequence[Handover]:
    """Those with both signatures."""
    statement = select(Handover).where(
        Handover.incoming_at.is_not(None), Handover.outgoing_at >= since
    )
    return session.scalars(_newest(statement)).all()


def notes(session: Session, *, since: datetime) -> Sequence[HandoverNote]:
    """What was left for the next shift and no handover has carried over yet."""
    carried = exists().where(
        Handover.tenant_id == HandoverNote.tenant_id,
        Handover.outgoing_at >= HandoverNote.written_at,
        Handover.incoming_at.is_not(None),
    )
    statement = select(HandoverNote).where(HandoverNote.written_at >= since, ~carried)
    return session.scalars(statement.order_by(HandoverNote.written_at)).all()


def of_shift(db: TenantSession, shift_id: UUID) -> Handover | None:
    return db.session.scalar(db.rows(Handover).where(Handover.shift_id == shift_id))


def _newest(statement: Select[Handover]) -> Select[Handover]:
    return statement.order_by(Handover.outgoing_at.desc(), Handover.shift_id).limit(
        MOST_ROWS
    )
