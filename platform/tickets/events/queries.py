"""What is going on now, whom it concerns, how many called, and what looks like it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session  # noqa: TID251 - a board over the towns an agent serves

from tickets.duplicates.models import Joining
from tickets.events.models import EventCaller, KnownEvent
from tickets.events.rules.bursts import ENOUGH, WITHIN, Burst, Heard, bursts
from tickets.events.rules.scope import Fit, Point, Scope, concerns
from tickets.models import Ticket
from townline.tenancy import TenantSession

# The desk shows a handful; more at once is a night of its own, and the list has them.
MOST = 20


@dataclass(frozen=True, slots=True)
class Concerned:
    """An event that may be what a caller means, and how many have called about it."""

    event: KnownEvent
    fit: Fit
    callers: int


def get(db: TenantSession, event_id: UUID) -> KnownEvent:
    return db.get(KnownEvent, event_id)


def of_ticket(db: TenantSession, ticket_id: UUID) -> KnownEvent | None:
    """The event a ticket has become, while it goes on."""
    open_one = db.rows(KnownEvent).where(
        KnownEvent.ticket_id == ticket_id, KnownEvent.ended_at.is_(None)
    )
    return db.session.scalar(open_one.order_by(KnownEvent.made_at).limit(1))


def going_on(db: TenantSession, *, at: datetime) -> Sequence[KnownEvent]:
    now = db.rows(KnownEvent).where(
        KnownEvent.ended_at.is_(None), KnownEvent.starts_at <= at
    )
    return db.session.scalars(now.order_by(KnownEvent.starts_at).limit(MOST)).all()


def lately(db: TenantSession, *, since: datetime) -> Sequence[KnownEvent]:
    """Those to come, those going on, and those that ended since."""
    shown = db.rows(KnownEvent).where(
        KnownEvent.ended_at.is_(None) | (KnownEvent.ended_at > since)
    )
    newest = shown.order_by(KnownEvent.starts_at.desc()).limit(MOST)
    return db.session.scalars(newest).all()


def on_the_board(session: Session, *, at: datetime) -> Sequence[KnownEvent]:
    """Of every town of a board session."""
    now = select(KnownEvent).where(
        KnownEvent.ended_at.is_(None), KnownEvent.starts_at <= at
    )
    return session.scalars(now.order_by(KnownEvent.starts_at).limit(MOST)).all()


def concerning(
    db: TenantSession, *, category: str, point: Point | None, at: datetime
) -> tuple[Concerned, ...]:
    """Those a caller may mean, the surest first; ``point`` is (longitude, latitude)."""
    found = []
    for event in going_on(db, at=at):
        fit = concerns(scope_of(event), category=category, point=point)
        if fit != "no":
            found.append(Concerned(event, fit, callers(db, event)))
    return tuple(sorted(found, key=lambda each: each.fit != "yes"))


def scope_of(event: KnownEvent) -> Scope:
    center = None
    if event.latitude is not None and event.longitude is not None:
        center = (event.longitude, event.latitude)
    return Scope(
        categories=event.categories,
        center=center,
        radius=event.radius,
        polygon=event.polygon,
    )


def callers(db: TenantSession, event: KnownEvent) -> int:
    counted = select(func.count()).where(
        EventCaller.tenant_id == db.tenant_id, EventCaller.event_id == event.id
    )
    return db.session.scalar(counted) or 0


def proposals(db: TenantSession, *, at: datetime) -> tuple[Burst, ...]:
    """Bursts of calls that no event says yet. Nothing is made of them by itself."""
    known = [scope_of(event) for event in going_on(db, at=at)]
    found = bursts(_heard(db, since=at - WITHIN), at=at)
    return tuple(each for each in found if not _is_said(each, known))


def loud_towns(session: Session, *, at: datetime) -> Sequence[UUID]:
    """Towns of a board session with calls enough within the hour to look closer at."""
    opened = (
        select(Ticket.tenant_id, func.count().label("calls"))
        .where(Ticket.opened_at > at - WITHIN, Ticket.opened_at <= at)
        .group_by(Ticket.tenant_id)
    )
    joined = (
        select(Joining.tenant_id, func.count().label("calls"))
        .where(Joining.at > at - WITHIN, Joining.at <= at)
        .group_by(Joining.tenant_id)
    )
    both = opened.union_all(joined).subquery("both")
    loud = select(both.c.tenant_id).group_by(both.c.tenant_id)
    return session.scalars(loud.having(func.sum(both.c.calls) >= ENOUGH)).all()


def _is_said(burst: Burst, known: Sequence[Scope]) -> bool:
    first = burst.first
    point = (first.longitude, first.latitude)
    return any(
        concerns(scope, category=first.category, point=point) == "yes"
        for scope in known
    )


def _heard(db: TenantSession, *, since: datetime) -> list[Heard]:
    """Every call about something with a place: those that opened a ticket, and those
    that were added to one."""
    columns = (Ticket.id, Ticket.category, Ticket.latitude, Ticket.longitude)
    here = (
        Ticket.tenant_id == db.tenant_id,
        Ticket.latitude.is_not(None),
        Ticket.longitude.is_not(None),
    )
    opened = select(*columns, Ticket.opened_at).where(*here, Ticket.opened_at > since)
    joined = (
        select(*columns, Joining.at)
        .join_from(
            Joining,
            Ticket,
            (Ticket.tenant_id == Joining.tenant_id) & (Ticket.id == Joining.ticket_id),
        )
        .where(
            *here,
            Joining.tenant_id == db.tenant_id,
            Joining.at > since,
            Joining.taken_back_at.is_(None),
        )
    )
    rows = (*db.session.execute(opened), *db.session.execute(joined))
    return [Heard(*row) for row in rows]


# How long an ended event stays in the lists, for whoever calls about it afterwards.
REMEMBERED = timedelta(days=2)
