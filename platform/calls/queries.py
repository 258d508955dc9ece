"""The board of waiting calls, missed calls as work, and what a caller called about."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from msgspec import Struct
from sqlalchemy import Exists, ScalarSelect, case, exists, func, or_, select
from sqlalchemy.dialects.postgresql import distinct_on
from sqlalchemy.orm import Session, aliased  # noqa: TID251 - boards of many towns

import tickets
from calls.models import Call
from calls.presence import Lapse
from calls.rules.claims import is_short, stale_before
from tickets import Ticket
from townline.tenancy import TenantSession

# "2nd call tonight": a night and the day around it.
LATELY = timedelta(hours=24)
# The exchange itself ends a call after four hours.
LONGEST_CALL = timedelta(hours=4)


class WaitingCall(Struct, frozen=True, kw_only=True):
    """A caller nobody is talking to, by the ``name`` they gave on an earlier ticket.

    ``earlier`` counts this number’s other calls of the last 24 hours.
    ``claimed_by_name`` is the agent whose phone is ringing for them, if one's is, and
    ``back_from`` whose rang in vain before.
    """

    tenant_id: UUID
    id: UUID
    line: str
    caller: str | None
    name: str | None
    language: str
    priority: int
    arrived_at: datetime
    queued_at: datetime
    waited: timedelta
    claimed_by_name: str | None
    back_from: str | None
    earlier: int


class MissedCall(Struct, frozen=True, kw_only=True):
    """A number that waited and hung up; ``times`` it did so. Work, not statistics."""

    tenant_id: UUID
    id: UUID
    line: str
    caller: str
    language: str
    arrived_at: datetime
    waited: timedelta
    times: int

    @property
    def short(self) -> bool:
        return is_short(self.waited)


class History(Struct, frozen=True):
    """What a number has called about before, the newest first."""

    calls: Sequence[Call]
    tickets: Sequence[Ticket]


def get(db: TenantSession, call_id: UUID) -> Call:
    return db.get(Call, call_id)


def waiting(session: Session, *, at: datetime) -> Sequence[WaitingCall]:
    """Who waits in the towns of a board session, emergencies first, then by wait.

    A claim that has run out without a connection is no claim any more. A call whose
    end nobody reported leaves the board when the exchange would have ended it.
    """
    claimed = case((Call.claimed_at >= stale_before(at), Call.claimed_by_name))
    rows = session.execute(
        select(
            Call.tenant_id,
            Call.id,
            Call.line,
            Call.caller,
            tickets.name_at(Call.tenant_id, Call.caller).label("name"),
            Call.language,
            Call.priority,
            Call.arrived_at,
            Call.queued_at,
            claimed.label("claimed_by_name"),
            _back_from().label("back_from"),
            _times_before(at - LATELY).label("earlier"),
        )
        .where(
            Call.queued_at.is_not(None),
            Call.ended_at.is_(None),
            Call.connected_at.is_(None),
            Call.arrived_at > at - LONGEST_CALL,
        )
        .order_by(Call.priority, Call.queued_at, Call.id)
    )
    return [WaitingCall(**row, waited=at - row["queued_at"]) for row in rows.mappings()]


def missed(session: Session, *, since: datetime) -> Sequence[MissedCall]:
    """Numbers to call back: one row each, until somebody has talked to them.

    A later call that was answered settles it, and so does a disposition.
    """
    times = func.count().over(partition_by=(Call.tenant_id, Call.caller))
    newest = (
        select(
            Call.tenant_id,
            Call.id,
            Call.line,
            Call.caller,
            Call.language,
            Call.arrived_at,
            (Call.ended_at - Call.arrived_at).label("waited"),
            times.label("times"),
        )
        .ext(distinct_on(Call.tenant_id, Call.caller))
        .where(
            Call.arrived_at >= since,
            Call.ended_at.is_not(None),
            Call.connected_at.is_(None),
            Call.caller.is_not(None),
            ~_settled(),
        )
        .order_by(Call.tenant_id, Call.caller, Call.arrived_at.desc())
    )
    found = [MissedCall(**row) for row in session.execute(newest).mappings()]
    return sorted(found, key=lambda call: call.arrived_at)


def earlier(db: TenantSession, phone: str, *, limit: int = 10) -> History:
    newest = (
        db.rows(Call)
        .where(Call.caller == phone)
        .order_by(Call.arrived_at.desc())
        .limit(limit)
    )
    return History(
        db.session.scalars(newest).all(), tickets.of_caller(db, phone, limit)
    )


def _back_from() -> ScalarSelect[str]:
    return (
        select(Lapse.agent)
        .where(Lapse.tenant_id == Call.tenant_id, Lapse.call_id == Call.id)
        .order_by(Lapse.at.desc())
        .limit(1)
        .scalar_subquery()
    )


def _times_before(since: datetime) -> ScalarSelect[int]:
    before = aliased(Call)
    return (
        select(func.count())
        .where(
            before.tenant_id == Call.tenant_id,
            before.caller == Call.caller,
            before.arrived_at < Call.arrived_at,
            before.arrived_at > since,
        )
        .scalar_subquery()
    )


def _settled() -> Exists:
    later = aliased(Call)
    return exists().where(
        later.tenant_id == Call.tenant_id,
        later.caller == Call.caller,
        later.arrived_at >= Call.arrived_at,
        or_(later.connected_at.is_not(None), later.disposition.is_not(None)),
    )
