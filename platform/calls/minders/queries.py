"""Whom the desk has to remind of what."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import or_, select
from sqlalchemy.orm import Session  # noqa: TID251 - boards of many towns

from calls.minders.models import Minder


def open_minders(session: Session, account_id: UUID) -> Sequence[Minder]:
    """The agent's own and the desk's, in the towns of a board, the first due first."""
    theirs = or_(Minder.owner_id.is_(None), Minder.owner_id == account_id)
    statement = select(Minder).where(Minder.done_at.is_(None), theirs)
    return session.scalars(statement.order_by(Minder.due_at, Minder.id)).all()


def for_the_desk(session: Session) -> Sequence[Minder]:
    """What the desk owes whoever sits at it; of others' own nobody need know."""
    statement = select(Minder).where(
        Minder.done_at.is_(None), Minder.owner_id.is_(None)
    )
    return session.scalars(statement.order_by(Minder.due_at, Minder.id)).all()


def overdue(session: Session) -> Sequence[Minder]:
    """What nobody has done in time, whosever it is; for supervisors."""
    statement = select(Minder).where(
        Minder.done_at.is_(None), Minder.overdue_at.is_not(None)
    )
    return session.scalars(statement.order_by(Minder.due_at, Minder.id)).all()


def late_towns(session: Session, *, before: datetime) -> Sequence[UUID]:
    """Towns with something that nobody has been shown as overdue yet."""
    statement = select(Minder.tenant_id).where(
        Minder.done_at.is_(None), Minder.overdue_at.is_(None), Minder.due_at < before
    )
    return session.scalars(statement.distinct()).all()
