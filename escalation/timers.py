"""A run's timers, written and spent only under the lock of the run's row."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import bindparam, text, update
from sqlalchemy.dialects.postgresql import insert

from escalation.models import RunRow, Timer
from escalation.rules.run import TimerKind
from townline.db import new_id
from townline.prepared import Prepared
from townline.tenancy import TenantSession

_FRESH = insert(Timer).values(
    tenant_id=bindparam("town"),
    id=bindparam("id"),
    run_id=bindparam("run"),
    kind=bindparam("kind"),
    due_at=bindparam("due_at"),
    epoch=bindparam("epoch"),
    level=bindparam("level"),
    state="due",
)
START = Prepared(
    _FRESH.on_conflict_do_update(
        index_elements=["tenant_id", "run_id", "kind"],
        index_where=text("state = 'due'"),
        set_={"due_at": _FRESH.excluded.due_at, "epoch": _FRESH.excluded.epoch},
    )
)


def start(db: TenantSession, row: RunRow, kind: TimerKind, *, due_at: datetime) -> None:
    """A run has one timer of a kind: this one takes the place of another."""
    START(
        db,
        id=new_id(),
        run=row.id,
        kind=kind,
        due_at=due_at,
        epoch=row.epoch,
        level=row.level,
    )


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
