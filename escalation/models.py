"""A run is a policy at work on one ticket; its row is the only lock there is.

Whoever decides about a run locks its row first. Timers are written and spent only
under that lock, so that an answer and the clock can never both move one ladder.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    ForeignKeyConstraint,
    Index,
    Integer,
    SmallInteger,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from escalation.rules.run import Milestone, Place, Run, RunState, TimerKind, TimerState
from townline.db import Base
from townline.tenancy import TenantOwned


class RunRow(TenantOwned, Base):
    """Where a ladder stands. ``escalation.rules.Run`` says what each field means."""

    __tablename__ = "run"
    __table_args__ = (
        ForeignKeyConstraint(
            ["tenant_id", "ticket_id"], ["ticket.tenant_id", "ticket.id"]
        ),
        Index("ix_run_ticket", "tenant_id", "ticket_id"),
        Index(
            "uq_run_live",
            "tenant_id",
            "ticket_id",
            unique=True,
            postgresql_where=text("state not in ('closed', 'superseded')"),
        ),
        # A board lists what still waits for a human, the most urgent first.
        Index(
            "ix_run_open",
            "tenant_id",
            "level",
            "started_at",
            postgresql_where=text("state in ('running', 'exhausted', 'paused')"),
        ),
    )

    ticket_id: Mapped[UUID]
    version_id: Mapped[UUID]
    policy: Mapped[str] = mapped_column(String(40))
    level: Mapped[int] = mapped_column(SmallInteger)
    state: Mapped[RunState] = mapped_column(String(12))
    epoch: Mapped[int] = mapped_column(Integer)
    opening: Mapped[int] = mapped_column(Integer)
    round: Mapped[int] = mapped_column(Integer)
    step: Mapped[int] = mapped_column(Integer)
    repeat: Mapped[int] = mapped_column(Integer)
    planned_at: Mapped[datetime]
    step_started_at: Mapped[datetime]
    started_at: Mapped[datetime]
    accepted_at: Mapped[datetime | None]
    exhausted_at: Mapped[datetime | None]
    ended_at: Mapped[datetime | None]
    waiting: Mapped[list[str]] = mapped_column(JSONB)
    declined: Mapped[list[str]] = mapped_column(JSONB)
    holders: Mapped[list[str]] = mapped_column(JSONB)
    reached: Mapped[list[Milestone]] = mapped_column(JSONB)
    alarm: Mapped[str | None]

    def value(self) -> Run:
        """What the rules decide about."""
        return Run(
            id=self.id,
            level=self.level,
            state=self.state,
            epoch=self.epoch,
            opening=self.opening,
            place=Place(self.round, self.step, self.repeat),
            planned_at=self.planned_at,
            step_started_at=self.step_started_at,
            started_at=self.started_at,
            accepted_at=self.accepted_at,
            exhausted_at=self.exhausted_at,
            ended_at=self.ended_at,
            waiting=frozenset(self.waiting),
            declined=frozenset(self.declined),
            holders=tuple(self.holders),
            reached=frozenset(self.reached),
            alarm=self.alarm,
        )

    def keep(self, run: Run) -> None:
        """Take over what was decided."""
        self.state, self.epoch, self.opening = run.state, run.epoch, run.opening
        self.round, self.step, self.repeat = run.place
        self.planned_at, self.step_started_at = run.planned_at, run.step_started_at
        self.accepted_at, self.exhausted_at = run.accepted_at, run.exhausted_at
        self.ended_at, self.alarm = run.ended_at, run.alarm
        self.waiting, self.declined = sorted(run.waiting), sorted(run.declined)
        self.holders, self.reached = list(run.holders), sorted(run.reached)


class Timer(TenantOwned, Base):
    """An instant at which a run must be looked at, void once its epoch is past."""

    __tablename__ = "timer"
    __table_args__ = (
        ForeignKeyConstraint(["tenant_id", "run_id"], ["run.tenant_id", "run.id"]),
        Index(
            "uq_timer_due",
            "tenant_id",
            "run_id",
            "kind",
            unique=True,
            postgresql_where=text("state = 'due'"),
        ),
        Index(
            "ix_timer_due",
            "tenant_id",
            "due_at",
            postgresql_where=text("state = 'due'"),
        ),
        # The sweep sees every town, and must not read what waits in each.
        Index(
            "ix_timer_due_everywhere",
            "due_at",
            "level",
            "tenant_id",
            postgresql_where=text("state = 'due'"),
        ),
    )

    run_id: Mapped[UUID]
    kind: Mapped[TimerKind] = mapped_column(String(12))
    due_at: Mapped[datetime]
    epoch: Mapped[int] = mapped_column(Integer)
    level: Mapped[int] = mapped_column(SmallInteger)
    state: Mapped[TimerState] = mapped_column(String(6))
    settled_at: Mapped[datetime | None]


class Acceptance(TenantOwned, Base):
    """Who took it, by what, and when; once in each opening of the ladder."""

    __tablename__ = "acceptance"
    __table_args__ = (
        ForeignKeyConstraint(["tenant_id", "run_id"], ["run.tenant_id", "run.id"]),
        UniqueConstraint(
            "tenant_id", "run_id", "opening", "contact", name="uq_acceptance_opening"
        ),
    )

    run_id: Mapped[UUID]
    opening: Mapped[int] = mapped_column(Integer)
    contact: Mapped[str]
    name: Mapped[str]
    via: Mapped[str] = mapped_column(String(12))
    at: Mapped[datetime]
