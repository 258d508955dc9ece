"""A run's timers, written and spent only under the lock of the run's row."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import update

from escalation.models import RunRow, Timer
from escalation.rules.run import TimerKind
from townline.tenancy import TenantSession


def start(
    db: TenantSession, row: RunRow, kind: TimerKind, *, due_at: datetime, at: datetime
) -> None:
    """A run has one timer of a kind: this one replaces the one before."""
    void(db, row.id, kind=kind, at=at)
    db.add(
        Timer(
            run_id=row.id,
            kind=kind,
            due_at=due_at,
            epoch=row.epoch,
            level=row.level,
            state="due",
        )
    )
    db.session.flush()


def void(
    db: TenantSession, run_id: UUID, *, at: datetime, kind: TimerKind | None = None
) -> None:
    """Of one kind, or all of them when the epoch has been raised."""
    statement = update(Timer).where(
        Timer.tenant_id == db.tenant_id, Timer.run_id == run_id, Timer.state == "due"
    )
    if kind is not None:
        statement = statement.where(Timer.kind == kind)
    db.session.execute(statement.values(state="void", settled_at=at))


def due(db: TenantSession, run_id: UUID, *, at: datetime) -> Sequence[Timer]:
    """The run's timers whose time has come, the oldest first."""
    return [timer for timer in waiting(db, run_id) if timer.due_at <= at]


def waiting(db: TenantSession, run_id: UUID) -> Sequence[Timer]:
    statement = db.rows(Timer).where(Timer.run_id == run_id, Timer.state == "due")
    return db.session.scalars(statement.order_by(Timer.due_at)).all()


def fire(db: TenantSession, timer: Timer, *, at: datetime) -> bool:
    """Spend a timer; False if it was voided in the meantime."""
    spent = (
        update(Timer)
        .where(
            Timer.tenant_id == db.tenant_id,
            Timer.id == timer.id,
            Timer.state == "due",
        )
        .values(state="fired", settled_at=at)
        .returning(Timer.id)
    )
    return db.session.scalar(spent) is not None
