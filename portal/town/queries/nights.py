"""One night: its calls, hour by hour, and the tickets that came of it."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct
from sqlalchemy import func, select

from calls import Call
from portal.town.rules import Night
from tickets import Ticket
from townline.tenancy import TenantSession

# What fits on a first page; the list of tickets has the rest.
MOST_TICKETS = 20


class HourOfCalls(Struct, frozen=True):
    """``hour`` is the town's wall time at its beginning; who waits is in neither."""

    hour: datetime
    calls: int
    answered: int
    missed: int


class NightFigures(Struct, frozen=True):
    """``from_calls`` counts calls of which a ticket came; ``emergencies`` level 1."""

    tickets: int
    from_calls: int
    emergencies: int


def calls_by_hour(
    db: TenantSession, night: Night, *, zone: str
) -> Sequence[HourOfCalls]:
    """Only the hours in which the line rang; an hour that clocks repeat is one.

    Whoever asked for nobody, and chose an answer by keys, has not been missed.
    """
    hour = func.date_trunc("hour", func.timezone(zone, Call.arrived_at)).label("hour")
    missed = func.count().filter(
        Call.queued_at.is_not(None),
        Call.ended_at.is_not(None),
        Call.connected_at.is_(None),
    )
    statement = (
        select(hour, func.count(), func.count(Call.connected_at), missed)
        .where(
            Call.tenant_id == db.tenant_id,
            Call.arrived_at >= night.since,
            Call.arrived_at < night.until,
            ~Call.outbound,
        )
        .group_by(hour)
        .order_by(hour)
    )
    return [HourOfCalls(*row) for row in db.session.execute(statement)]


def night_figures(db: TenantSession, night: Night) -> NightFigures:
    statement = select(
        func.count(),
        func.count(Ticket.call_id.distinct()),
        func.count().filter(Ticket.level == 1),
    ).where(
        Ticket.tenant_id == db.tenant_id,
        Ticket.opened_at >= night.since,
        Ticket.opened_at < night.until,
    )
    return NightFigures(*db.session.execute(statement).one())


def night_tickets(db: TenantSession, night: Night) -> Sequence[Ticket]:
    """The gravest first, so that a long night's page shows what mattered."""
    statement = (
        db.rows(Ticket)
        .where(Ticket.opened_at >= night.since, Ticket.opened_at < night.until)
        .order_by(Ticket.level, Ticket.opened_at.desc())
        .limit(MOST_TICKETS)
    )
    return db.session.scalars(statement).all()
