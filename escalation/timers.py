"""A run's timers, written and spent only under the lock of the run's row."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import text, update
from sqlalchemy.dialects.postgresql import insert

from escalation.models import RunRow, Timer
from escalation.rules.run import TimerKind
from townline.db import new_id
from townline.tenancy import TenantSession


def start(db: TenantSession, row: RunRow, kind: TimerKind, *, due_at: datetime) -> None:
    """A run has one timer of a kind: this one takes the place of another."""
    fresh = insert(Timer).values(
        tenant_id=db.tenant_id,
        id=new_id(),
        run_id=row.id,
        kind=kind,
        due_at=due_at,
        epoch=row.epoch,
        level=row.level,
        state="due",
    )
    one_of_a_kind = fresh.on_conflict_do_update(
        index_elements=["tenant_id", "run_id", "kind"],
        index_where=text("state = 'due'"),
        set_={"due_at": fresh.excluded.due_at, "epoch": fresh.excluded.epoch},
    )
    db.session.execute(one_of_a_kind)


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
    fresh = statement.order_by(Timer.due_at).execution_options(populate_existing=True)
    return db.session.scalars(fresh).all()


def fire(db: TenantSession, timer: Timer, *, at: datetime) -> bool:
    """Spend a timer; False if it was voided or put off in the meantime."""
    spent = (
        update(Timer)
        .where(
            Timer.tenant_id == db.tenant_id,
            Timer.id == timer.id,
            Timer.state == "due",
            Timer.due_at <= at,
        )
        .values(state="fired", settled_at=at)
        .returning(Timer.id)
    )
    return db.session.scalar(spent) is not None
