"""Looks, every second, at the runs whose time has come.

A sweep finds the towns in one query; then each town's runs are claimed and decided
in one short transaction. A claim is the lock of the run's row, so it needs no lease:
when a worker dies, PostgreSQL gives its rows back undecided.
"""

from __future__ import annotations

import random
from collections.abc import Sequence
from contextlib import ExitStack
from datetime import datetime
from uuid import UUID

from sqlalchemy import Select, func, select

from escalation import timers
from escalation.deciding import decide
from escalation.models import RunRow, Timer
from escalation.rules import TimerFired
from townline.db import Database
from townline.tenancy import TenantSession, town

# Discovering 64 towns at once is twice as fast as 16, and no slower than 256.
TOWNS = 64
# A key press waits for a claim to commit; this many decisions take well under a second.
BATCH = 20


def tick(database: Database, *, at: datetime) -> int:
    """Decide everything that is due; return how many decisions were looked into.

    Emergencies of all towns come first in each pass, and no town has more than one
    batch in it: a storm in one does not show in another.
    """
    total = 0
    while looked_into := _pass(database, at=at):
        total += looked_into
    return total


def _pass(database: Database, *, at: datetime) -> int:
    """A town whose runs fail does not hold up the others; that is raised last."""
    counts: list[int] = []
    with ExitStack() as towns:
        for tenant_id in reversed(_towns_with_work(database, at=at)):
            towns.callback(_tend, database, tenant_id, at=at, counts=counts)
    return sum(counts)


def _towns_with_work(database: Database, *, at: datetime) -> list[UUID]:
    """The most urgent first; in random order within a level, so that workers part."""
    statement = (
        select(Timer.tenant_id, func.min(Timer.level))
        .where(Timer.state == "due", Timer.due_at <= at)
        .group_by(Timer.tenant_id)
        .order_by(func.min(Timer.level), func.min(Timer.due_at))
        .limit(TOWNS)
    )
    with database.everybody() as session:
        found = list(session.execute(statement).all())
    random.shuffle(found)
    return [tenant_id for tenant_id, _ in sorted(found, key=lambda each: each[1])]


def _tend(
    database: Database, tenant_id: UUID, *, at: datetime, counts: list[int]
) -> None:
    """A town's due runs together; should one of them fail, each of them alone."""
    try:
        counts.append(_decide_due(database, tenant_id, at=at))
    except Exception:
        _tend_each(database, tenant_id, at=at)
        raise


def _tend_each(database: Database, tenant_id: UUID, *, at: datetime) -> None:
    """One faulty run must not keep the town's other ladders from going on."""
    with town(database, tenant_id) as db:
        due = db.session.scalars(_due(db.tenant_id, at=at)).all()
    with ExitStack() as runs:
        for run_id in reversed(due):
            runs.callback(_decide_due, database, tenant_id, at=at, only=run_id)


def _decide_due(
    database: Database, tenant_id: UUID, *, at: datetime, only: UUID | None = None
) -> int:
    with town(database, tenant_id) as db:
        rows = _claim(db, at=at, only=only)
        for row in rows:
            _decide_one(db, row, at=at)
        return len(rows)


def _claim(db: TenantSession, *, at: datetime, only: UUID | None) -> Sequence[RunRow]:
    """Runs with something due that nobody else is deciding about at this moment."""
    due = _due(db.tenant_id, at=at) if only is None else [only]
    statement = (
        db.rows(RunRow)
        .where(RunRow.id.in_(due))
        .order_by(RunRow.level, RunRow.started_at)
        .with_for_update(skip_locked=True)
    )
    return db.session.scalars(statement).all()


def _due(tenant_id: UUID, *, at: datetime) -> Select[UUID]:
    return (
        select(Timer.run_id)
        .where(Timer.tenant_id == tenant_id, Timer.state == "due", Timer.due_at <= at)
        .order_by(Timer.level, Timer.due_at)
        .limit(BATCH)
    )


def _decide_one(db: TenantSession, row: RunRow, *, at: datetime) -> None:
    """Fire what is due, read again under the lock: an answer may have come first.

    A decision may void the next timer of the same run, or plan it anew.
    """
    for timer in timers.due(db, row.id, at=at):
        if timers.fire(db, timer, at=at):
            decide(db, row, TimerFired(timer.kind, timer.epoch), at=at)
