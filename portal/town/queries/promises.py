"""Promises that are still owed, and how many were kept."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta

from msgspec import Struct
from sqlalchemy import ColumnElement, select, text

from tickets import Milestone, Ticket
from townline.prepared import Prepared
from townline.tenancy import TenantSession

MOST = 20
# A promise is due within days; one older than a quarter is not this week's news, and
# so the count reads no year of tickets.
QUARTER = timedelta(days=92)
# Somebody there in time keeps a promise, or the ticket's being closed in time. Asked of
# one ticket at a time (LIMIT sees to it): behind row security the planner takes the
# milestones of a town for fewer than they are, and would read them all.
COUNTS = Prepared(
    text("""
select
  count(*) filter (where owed and promised_at < :at),
  count(*) filter (where owed and promised_at >= :at and promised_at < :end),
  count(*) filter (where kept and promised_at >= :monday)
from (
  select t.promised_at,
    t.closed_at is null and (
      select true from milestone m where m.tenant_id = :town and m.ticket_id = t.id
      and m.kind in ('on_site', 'done') limit 1) is null as owed,
    t.closed_at <= t.promised_at or (
      select true from milestone m where m.tenant_id = :town and m.ticket_id = t.id
      and m.kind in ('on_site', 'done') and m.at <= t.promised_at limit 1) as kept
  from ticket t
  where t.tenant_id = :town and t.opened_at > :quarter
  and (t.closed_at is null and t.promised_at < :end or t.promised_at >= :monday)
) t
""")
)


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
    asked = {"at": at, "quarter": at - QUARTER, "end": end_of_day, "monday": monday}
    [row] = COUNTS(db, **asked)
    return PromiseCounts(*row)


def _owed(db: TenantSession) -> tuple[ColumnElement[bool], ...]:
    """Open, and no crew was on site, or done without having said so."""
    there = (
        select(Milestone.id)
        .where(
            Milestone.tenant_id == db.tenant_id,
            Milestone.ticket_id == Ticket.id,
            Milestone.kind.in_(["on_site", "done"]),
        )
        .limit(1)
        .scalar_subquery()
    )
    return Ticket.closed_at.is_(None), there.is_(None)
