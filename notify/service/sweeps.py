"""Which towns have something due: one query over all of them, as the engine."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, func, select, text, union
from sqlalchemy.orm import Session  # noqa: TID251 - a sweep sees every town

from notify.models import WAITING, Attempt, HangUp, Notification, OptOut, ProviderEvent
from notify.rules.outcomes import JOIN_WITHIN
from notify.ways import PhoneLine

# Discovering 16 towns at once halves the rate, more than 64 gains nothing.
TOWNS = 64
# Workers hold an advisory lock of this class for as long as they live.
LIVES = int.from_bytes(b"pump", "big")


# Mostly the oldest of what is due are all of it. In a flood they are not, and what
# waits longest in each town is then found by its key, a step a town: to read the flood
# itself would take longer than to send what one pass takes of it.
OLDEST = 500
DUE_TOWNS = text(
    """
    with recursive oldest as materialized (
        select tenant_id, due_at from notification
        where state in ('pending', 'held') and lane = :lane and due_at <= :at
        order by due_at limit :oldest
    ),
    waiting (tenant_id) as (
        (select tenant_id from notification
         where state in ('pending', 'held')
           and (select count(*) from oldest) = :oldest
         order by tenant_id limit 1)
        union all
        select (select tenant_id from notification
                where state in ('pending', 'held') and tenant_id > waiting.tenant_id
                order by tenant_id limit 1)
        from waiting where tenant_id is not null
    ),
    due as (
        select * from oldest
        union all
        select tenant_id, first.due_at from waiting, lateral (
            select due_at from notification
            where state in ('pending', 'held') and tenant_id = waiting.tenant_id
              and lane = :lane and due_at <= :at
            order by due_at limit 1
        ) as first
    )
    select tenant_id from due group by tenant_id order by min(due_at) limit :towns
    """
)


def due_towns(session: Session, *, lane: int, at: datetime) -> Sequence[UUID]:
    """Those who have waited longest first."""
    asked = {"lane": lane, "at": at, "oldest": OLDEST, "towns": TOWNS}
    return session.scalars(DUE_TOWNS, asked).all()


def towns_to_look_after(session: Session, *, at: datetime) -> Sequence[UUID]:
    """Where something waits that a claim leaves alone: most rounds find no town."""
    waiting = (
        select(Notification.tenant_id).where(
            Notification.state.in_(WAITING),
            Notification.due_at <= at,
            _hopeless(at),
        ),
        select(Notification.tenant_id).where(
            Notification.state.in_(["sending", "ambiguous"]),
        ),
        select(Attempt.tenant_id).where(Attempt.ask_at <= at),
        select(HangUp.tenant_id).where(HangUp.done_at.is_(None)),
        select(PhoneLine.tenant_id).where(PhoneLine.look_at <= at),
        select(ProviderEvent.tenant_id).where(
            ProviderEvent.applied_at.is_(None),
            ProviderEvent.received_at > at - JOIN_WITHIN,
        ),
    )
    return session.scalars(union(*waiting)).all()


def towns_with_reports(session: Session, *, at: datetime) -> Sequence[UUID]:
    """Where carriers have told something that nobody has looked at."""
    statement = (
        select(ProviderEvent.tenant_id)
        .where(
            ProviderEvent.applied_at.is_(None),
            ProviderEvent.received_at > at - JOIN_WITHIN,
        )
        .group_by(ProviderEvent.tenant_id)
        .order_by(func.min(ProviderEvent.received_at))
        .limit(TOWNS)
    )
    return session.scalars(statement).all()


def _hopeless(at: datetime) -> ColumnElement[bool]:
    """What has expired, may not be written to, or cannot be put into words."""
    opted_out = select(OptOut.id).where(
        OptOut.tenant_id == Notification.tenant_id,
        OptOut.destination == Notification.destination,
    )
    return (
        (Notification.expires_at <= at) | (Notification.why != "") | opted_out.exists()
    )


def dead_holders(session: Session, *, but: int | None) -> list[int]:
    """Workers whose claims are open and whose connection to PostgreSQL is gone.

    PostgreSQL frees a worker's lock the moment its socket dies: whoever can take it
    knows that its claims are nobody's.
    """
    statement = select(Notification.holder).where(
        Notification.state == "sending", Notification.holder.is_not(None)
    )
    holders = {
        each for each in session.scalars(statement.distinct()) if each is not None
    }
    free = text("select pg_try_advisory_xact_lock(:class, :holder)")
    return [
        holder
        for holder in holders - {but}
        if session.scalar(free, {"class": LIVES, "holder": holder})
    ]
