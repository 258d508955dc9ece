"""What is due, what the desk owes, and what residents said."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import Select, func, select, union_all
from sqlalchemy.orm import Session  # noqa: TID251 - a board over the towns an agent serves

from surveys import rules
from surveys.models import FollowUp, Invitation, Response, Task
from surveys.rules import Estimate
from tickets import Ticket
from townline.tenancy import TenantSession

# One query finds so many towns; fewer would make many queries, more would make the
# last town's list stale (measured: the rate halves at 16).
TOWNS_AT_ONCE = 64
# A short transaction: a hundred texts planned take a few tens of milliseconds.
BATCH = 100


@dataclass(frozen=True, slots=True)
class Result:
    """``invited`` counts those asked since then, ``n`` those who answered since.

    Estimates are None while there are too few answers to say anything.
    """

    invited: int
    n: int
    mean: Estimate | None
    solved: Estimate | None
    scores: Mapping[int, int]


@dataclass(frozen=True, slots=True)
class Answered:
    """One resident's answers, and the ticket they are about."""

    ticket_id: UUID
    tracking: str
    category: str
    solved: str
    score: int
    comment: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Owed:
    """A call the desk owes: to whom, about what, and the sentence to begin with."""

    tenant_id: UUID
    task_id: UUID
    ticket_id: UUID
    tracking: str
    kind: str
    phone: str | None
    language: str
    script: str
    due_at: datetime
    tries: int


def towns_with_due_work(at: datetime) -> Select[UUID]:
    """Up to 64 towns, whoever has waited longest first; for the engine's role."""
    due = union_all(
        select(FollowUp.tenant_id, FollowUp.due_at).where(
            FollowUp.done_at.is_(None), FollowUp.due_at <= at
        ),
        select(Invitation.tenant_id, Invitation.due_at).where(
            Invitation.sent_at.is_(None), Invitation.due_at <= at
        ),
    ).subquery()
    return (
        select(due.c.tenant_id)
        .group_by(due.c.tenant_id)
        .order_by(func.min(due.c.due_at))
        .limit(TOWNS_AT_ONCE)
    )


def due_follow_ups(db: TenantSession, at: datetime) -> Select[FollowUp]:
    return (
        db.rows(FollowUp)
        .where(FollowUp.done_at.is_(None), FollowUp.due_at <= at)
        .order_by(FollowUp.due_at)
        .limit(BATCH)
        .with_for_update(skip_locked=True)
    )


def due_invitations(db: TenantSession, at: datetime) -> Select[Invitation]:
    return (
        db.rows(Invitation)
        .where(Invitation.sent_at.is_(None), Invitation.due_at <= at)
        .order_by(Invitation.due_at)
        .limit(BATCH)
        .with_for_update(skip_locked=True)
    )


def tasks(session: Session, at: datetime) -> Sequence[Owed]:
    """The calls owed by now in the towns this session may see, oldest first."""
    columns: tuple[Any, ...] = (
        Task.tenant_id, Task.id, Task.ticket_id, Ticket.tracking, Task.kind,
        Task.phone, Task.language, Task.script, Task.due_at, Task.tries,
    )  # fmt: skip
    same = (Ticket.tenant_id == Task.tenant_id) & (Ticket.id == Task.ticket_id)
    statement = (
        select(*columns)
        .join(Ticket, same)
        .where(Task.done_at.is_(None), Task.due_at <= at)
        .order_by(Task.due_at)
    )
    return [Owed(*row) for row in session.execute(statement)]


def result(db: TenantSession, *, since: datetime) -> Result:
    mine = (Response.tenant_id == db.tenant_id, Response.at >= since)
    per_score = select(Response.score, func.count()).where(*mine)
    counted = db.session.execute(per_score.group_by(Response.score))
    scores = {score: count for score, count in counted}
    n = sum(scores.values())
    solved = select(func.count()).where(*mine, Response.solved == "yes")
    invited = select(func.count()).where(
        Invitation.tenant_id == db.tenant_id, Invitation.sent_at >= since
    )
    return Result(
        invited=db.session.scalar(invited) or 0,
        n=n,
        mean=rules.mean(scores),
        solved=rules.share(db.session.scalar(solved) or 0, of=n),
        scores=scores,
    )


def answered(
    db: TenantSession, *, since: datetime, limit: int = BATCH
) -> Sequence[Answered]:
    """What residents said, the newest first; never who said it."""
    columns: tuple[Any, ...] = (
        Invitation.ticket_id, Ticket.tracking, Ticket.category,
        Response.solved, Response.score, Response.comment, Response.at,
    )  # fmt: skip
    asked = (Invitation.tenant_id == Response.tenant_id) & (
        Invitation.id == Response.invitation_id
    )
    about = (Ticket.tenant_id == Invitation.tenant_id) & (
        Ticket.id == Invitation.ticket_id
    )
    statement = (
        select(*columns)
        .select_from(Response)
        .join(Invitation, asked)
        .join(Ticket, about)
        .where(Response.tenant_id == db.tenant_id, Response.at >= since)
        .order_by(Response.at.desc())
        .limit(limit)
    )
    return [Answered(*row) for row in db.session.execute(statement)]
