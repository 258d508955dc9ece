"""Reading how relays stand: one ticket's, and a board of many towns'."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import and_, bindparam, func, select
from sqlalchemy.orm import Session  # noqa: TID251 - a board reads the towns it may

from escalation import timers
from escalation.models import Acceptance, RunRow, Timer
from escalation.rules import ENDED, OPEN
from escalation.rules.run import RunState, TimerKind
from townline.prepared import Prepared
from townline.tenancy import TenantSession

LIVE = Prepared(
    select(RunRow.id)
    .where(
        RunRow.tenant_id == bindparam("town"),
        RunRow.ticket_id == bindparam("ticket"),
        *(RunRow.state != ended for ended in sorted(ENDED)),
    )
    .limit(1)
)


@dataclass(frozen=True, slots=True)
class Holder:
    """Who has accepted, by what means, and when."""

    contact: str
    name: str
    via: str
    at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class Standing:
    """How the relay of one ticket stands. ``due`` has its timers by their kind."""

    run_id: UUID
    state: RunState
    level: int
    policy: str
    started_at: datetime
    accepted_at: datetime | None
    exhausted_at: datetime | None
    alarm: str | None
    holders: tuple[Holder, ...]
    due: dict[TimerKind, datetime]


@dataclass(frozen=True, slots=True, kw_only=True)
class Unanswered:
    """A row of the board: nobody has taken this ticket yet."""

    tenant_id: UUID
    ticket_id: UUID
    run_id: UUID
    level: int
    state: RunState
    round: int
    step: int
    started_at: datetime
    exhausted_at: datetime | None
    alarm: str | None
    next_at: datetime | None


def live_run(
    db: TenantSession, ticket_id: UUID, *, lock: bool = False
) -> RunRow | None:
    """The ticket's run that has not ended; ``lock`` as in ``TenantSession.get``."""
    if not lock and not LIVE(db, ticket=ticket_id):
        return None
    statement = db.rows(RunRow).where(
        RunRow.ticket_id == ticket_id, RunRow.state.not_in(ENDED)
    )
    if lock:
        statement = statement.with_for_update().execution_options(
            populate_existing=True
        )
    return db.session.scalar(statement)


def latest_run(db: TenantSession, ticket_id: UUID) -> RunRow | None:
    """The live one, or the last that there was."""
    statement = db.rows(RunRow).where(RunRow.ticket_id == ticket_id)
    return db.session.scalar(statement.order_by(RunRow.id.desc()).limit(1))


def state_of(db: TenantSession, ticket_id: UUID) -> Standing | None:
    row = latest_run(db, ticket_id)
    if row is None:
        return None
    return Standing(
        run_id=row.id,
        state=row.state,
        level=row.level,
        policy=row.policy,
        started_at=row.started_at,
        accepted_at=row.accepted_at,
        exhausted_at=row.exhausted_at,
        alarm=row.alarm,
        holders=_holders(db, row),
        due={timer.kind: timer.due_at for timer in timers.waiting(db, row.id)},
    )


def holders(db: TenantSession, ticket_id: UUID) -> tuple[str, ...]:
    """The keys of the contacts who have the ticket; none while nobody has."""
    row = live_run(db, ticket_id)
    return tuple(row.holders) if row and row.state == "accepted" else ()


def running(session: Session, *, limit: int | None = None) -> Sequence[Unanswered]:
    """What nobody has taken, in all towns of a board: the most urgent first."""
    next_step = and_(
        Timer.tenant_id == RunRow.tenant_id,
        Timer.run_id == RunRow.id,
        Timer.state == "due",
        Timer.kind.in_(["step", "resume"]),
    )
    statement = (
        select(
            RunRow.tenant_id,
            RunRow.ticket_id,
            RunRow.id.label("run_id"),
            RunRow.level,
            RunRow.state,
            RunRow.round,
            RunRow.step,
            RunRow.started_at,
            RunRow.exhausted_at,
            RunRow.alarm,
            Timer.due_at.label("next_at"),
        )
        .outerjoin(Timer, next_step)
        .where(RunRow.state.in_(OPEN))
        .order_by(RunRow.level, RunRow.started_at)
        .limit(limit)
    )
    rows = session.execute(statement).mappings()
    return [Unanswered(**row) for row in rows]


def counts(db: TenantSession) -> dict[RunState, int]:
    """How many live runs of the town stand where."""
    statement = (
        select(RunRow.state, func.count())
        .where(RunRow.tenant_id == db.tenant_id, RunRow.state.not_in(ENDED))
        .group_by(RunRow.state)
    )
    return {state: number for state, number in db.session.execute(statement)}


def _holders(db: TenantSession, row: RunRow) -> tuple[Holder, ...]:
    statement = db.rows(Acceptance).where(
        Acceptance.run_id == row.id, Acceptance.contact.in_(row.holders)
    )
    latest = {
        each.contact: Holder(each.contact, each.name, each.via, each.at)
        for each in db.session.scalars(statement.order_by(Acceptance.at))
    }
    return tuple(latest[holder] for holder in row.holders if holder in latest)
