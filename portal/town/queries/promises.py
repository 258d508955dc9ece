"""Promises that are still owed, and how many were kept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from msgspec import Struct
from sqlalchemy import ColumnElement, Exists, exists, func, or_, select

from tickets import Milestone, Ticket
from townline.tenancy import TenantSession

MOST = 20
# A promise is due within days; one older than a quarter is not this week's news, and
# so the count reads no year of tickets.
QUARTER = timedelta(days=92)


class PromiseCounts(Struct, frozen=True):
    """``kept`` counts what fell due since the given Monday and was kept."""

    missed: int
    due_today: int
    kept: int


def open_promises(db: TenantSession, *, before: datetime) -> Sequence[Ticket]:
    """Those due before then, or overdue, to which nobody has come; in order of time."""
    statement = (
        db.rows(Ticket)
        .where(*_owed(db), Ticket.promised_at < before)
        .order_by(Ticket.promised_at, Ticket.id)
        .limit(MOST)
    )
    return db.session.scalars(statement).all()


def promise_counts(
    db: TenantSession, *, monday: datetime, end_of_day: datetime, at: datetime
) -> PromiseCounts:
    """What is owed is asked of open tickets alone, and what was kept of this quarter's;
    an index has all of both."""
    mine = (Ticket.tenant_id == db.tenant_id, Ticket.opened_at > at - QUARTER)
    owed = select(
        func.count().filter(Ticket.promised_at < at),
        func.count().filter(Ticket.promised_at >= at),
    ).where(*mine, *_owed(db), Ticket.promised_at < end_of_day)
    kept = select(func.count()).where(
        *mine,
        Ticket.promised_at >= monday,
        or_(
            Ticket.closed_at <= Ticket.promised_at,
            _there(db, Milestone.at <= Ticket.promised_at),
        ),
    )
    missed, due_today = db.session.execute(owed).one()
    return PromiseCounts(missed, due_today, db.session.scalar(kept) or 0)


def _owed(db: TenantSession) -> tuple[ColumnElement[bool], ...]:
    return Ticket.closed_at.is_(None), ~_there(db)


def _there(db: TenantSession, *when: ColumnElement[bool]) -> Exists:
    """Whether a crew was on site, or done without having said so."""
    return exists().where(
        Milestone.tenant_id == db.tenant_id,
        Milestone.ticket_id == Ticket.id,
        Milestone.kind.in_(["on_site", "done"]),
        *when,
    )
