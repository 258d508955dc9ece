"""Promises that are still owed, and how many were kept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from msgspec import Struct
from sqlalchemy import Subquery, and_, func, select
from sqlalchemy.sql.elements import ColumnElement

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
    there = _there(db)
    statement = (
        db.rows(Ticket)
        .outerjoin(there, there.c.ticket_id == Ticket.id)
        .where(_owed(there), Ticket.promised_at < before)
        .order_by(Ticket.promised_at, Ticket.id)
        .limit(MOST)
    )
    return db.session.scalars(statement).all()


def promise_counts(
    db: TenantSession, *, monday: datetime, end_of_day: datetime, at: datetime
) -> PromiseCounts:
    there = _there(db)
    owed = _owed(there)
    settled = func.least(Ticket.closed_at, there.c.at)
    statement = (
        select(
            func.count().filter(owed, Ticket.promised_at < at),
            func.count().filter(
                owed, Ticket.promised_at >= at, Ticket.promised_at < end_of_day
            ),
            func.count().filter(
                settled <= Ticket.promised_at, Ticket.promised_at >= monday
            ),
        )
        .select_from(Ticket)
        .outerjoin(there, there.c.ticket_id == Ticket.id)
        .where(Ticket.tenant_id == db.tenant_id, Ticket.opened_at > at - QUARTER)
    )
    return PromiseCounts(*db.session.execute(statement).one())


def _there(db: TenantSession) -> Subquery:
    """When a crew was first on site, or done without having said so."""
    return (
        select(Milestone.ticket_id, func.min(Milestone.at).label("at"))
        .where(
            Milestone.tenant_id == db.tenant_id,
            Milestone.kind.in_(["on_site", "done"]),
        )
        .group_by(Milestone.ticket_id)
        .subquery()
    )


def _owed(there: Subquery) -> ColumnElement[bool]:
    return and_(Ticket.closed_at.is_(None), there.c.at.is_(None))
