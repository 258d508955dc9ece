"""Putting right a run that stands still; each verb may be repeated at will.

A decision writes state, timers and fence together, so none of this should ever be
found: each mending is told in the ticket's story, and alarms.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, select, true, update

import notify
from escalation import timers
from escalation.models import RunRow, Timer
from escalation.rules.run import OPEN, TimerKind
from townline.tenancy import TenantSession
from townline.watch import tell_of_repairs


def set_going(db: TenantSession, broken: Sequence[UUID], *, at: datetime) -> int:
    """I1: a ladder without a future goes on now."""
    runs = _locked(db, db.rows(RunRow).where(RunRow.id.in_(broken)))
    waiting = [each for each in runs if each.state in OPEN and not _goes_on(db, each)]
    for row in waiting:
        kind: TimerKind = "resume" if row.state == "paused" else "step"
        timers.start(db, row, kind, due_at=at)
    return _told(db, "stranded_run", waiting, at=at)


def void_timers(db: TenantSession, broken: Sequence[UUID], *, at: datetime) -> int:
    """What an ended run, or an older epoch, left behind; the rest is only late."""
    runs = _locked(db, _runs_of(db, broken))
    late = [each for each in runs if _void_stale(db, each, broken, at=at)]
    return _told(db, "timer_overdue", late, at=at)


def align_fences(db: TenantSession, broken: Sequence[UUID], *, at: datetime) -> int:
    """A fence is open for whoever is still asked, and closed for all others."""
    runs = _locked(db, db.rows(RunRow).where(RunRow.id.in_(broken)))
    for row in runs:
        closed = row.state not in OPEN
        notify.align_fence(db, row.id, epoch=row.epoch, closed=closed, at=at)
    return _told(db, "fence_astray", runs, at=at)


def _locked(db: TenantSession, statement: Select[RunRow]) -> Sequence[RunRow]:
    """Whom somebody decides about at this moment is not standing still."""
    fresh = statement.order_by(RunRow.id).with_for_update(skip_locked=True)
    return db.session.scalars(fresh.execution_options(populate_existing=True)).all()


def _runs_of(db: TenantSession, timer_ids: Sequence[UUID]) -> Select[RunRow]:
    theirs = select(Timer.run_id).where(
        Timer.tenant_id == db.tenant_id, Timer.id.in_(timer_ids)
    )
    return db.rows(RunRow).where(RunRow.id.in_(theirs))


def _goes_on(db: TenantSession, row: RunRow) -> bool:
    return any(each.epoch == row.epoch for each in timers.waiting(db, row.id))


def _void_stale(
    db: TenantSession, row: RunRow, timer_ids: Sequence[UUID], *, at: datetime
) -> bool:
    stale = update(Timer).where(
        Timer.tenant_id == db.tenant_id,
        Timer.run_id == row.id,
        Timer.id.in_(timer_ids),
        Timer.state == "due",
        true() if row.ended_at else Timer.epoch != row.epoch,
    )
    voided = stale.values(state="void", settled_at=at).returning(Timer.id)
    return bool(db.session.scalars(voided).all())


def _told(
    db: TenantSession, what: str, mended: Sequence[RunRow], *, at: datetime
) -> int:
    tell_of_repairs(db, what, [each.ticket_id for each in mended], at=at)
    return len(mended)
