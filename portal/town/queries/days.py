"""One day so far, a usual night, and what is open: counts, each by its own index."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime, timedelta
from uuid import UUID

from msgspec import Struct
from sqlalchemy import Integer, cast, exists, extract, func, or_, select

from calls import Call
from portal.town.rules import Night
from tickets import Assignment, Ticket
from townline.tenancy import TenantSession

# What has been open for longer is rare, and its closing is no news of a day.
YEAR = timedelta(days=366)


class Today(Struct, frozen=True):
    """Since midnight; ``mine`` are open ones that whoever reads this looks after."""

    calls: int
    answered: int
    tickets: int
    closed: int
    mine: int


class OpenOnes(Struct, frozen=True):
    """How many open tickets of a category are how old, as ``rules.AGES`` counts."""

    category: str
    age: int
    tickets: int


def today(db: TenantSession, *, since: datetime, person: UUID) -> Today:
    rang = select(func.count(), func.count(Call.connected_at)).where(
        Call.tenant_id == db.tenant_id, Call.arrived_at >= since, ~Call.outbound
    )
    made = select(func.count()).where(
        Ticket.tenant_id == db.tenant_id, Ticket.opened_at >= since
    )
    closed = select(func.count()).where(
        Ticket.tenant_id == db.tenant_id,
        Ticket.opened_at > since - YEAR,
        Ticket.closed_at >= since,
    )
    calls, answered = db.session.execute(rang).one()
    return Today(
        calls,
        answered,
        db.session.scalar(made) or 0,
        db.session.scalar(closed) or 0,
        _looked_after(db, person),
    )


def open_by_age(db: TenantSession, edges: Sequence[datetime]) -> Sequence[OpenOnes]:
    """``edges`` are where one age ends and the next begins, the newest last."""
    age = func.width_bucket(Ticket.opened_at, list(edges))
    statement = (
        select(Ticket.category, age, func.count())
        .where(Ticket.tenant_id == db.tenant_id, Ticket.closed_at.is_(None))
        .group_by(Ticket.category, age)
    )
    return [OpenOnes(*row) for row in db.session.execute(statement)]


def calls_by_clock(
    db: TenantSession, nights: Sequence[Night], *, zone: str
) -> Mapping[int, int]:
    """How many rang in all these nights together, by the hour that the clock showed."""
    hour = cast(extract("hour", func.timezone(zone, Call.arrived_at)), Integer)
    in_any = or_(*(Call.arrived_at.between(each.since, each.until) for each in nights))
    statement = (
        select(hour, func.count())
        .where(Call.tenant_id == db.tenant_id, in_any, ~Call.outbound)
        .group_by(hour)
    )
    return {at: number for at, number in db.session.execute(statement)}


def _looked_after(db: TenantSession, person: UUID) -> int:
    is_open = exists().where(
        Ticket.tenant_id == db.tenant_id,
        Ticket.id == Assignment.ticket_id,
        Ticket.closed_at.is_(None),
    )
    statement = select(func.count()).where(
        Assignment.tenant_id == db.tenant_id,
        Assignment.account_id == person,
        is_open,
    )
    return db.session.scalar(statement) or 0
