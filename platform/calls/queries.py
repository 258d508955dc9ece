"""The board of waiting calls, and what a caller has called about before."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from msgspec import Struct
from sqlalchemy import ScalarSelect, case, func, select
from sqlalchemy.orm import Session, aliased  # noqa: TID251 - boards of many towns

import tickets
from calls.models import Call
from calls.presence import Lapse
from calls.rules.claims import stale_before
from tickets import Ticket
from townline.tenancy import TenantSession

# "2nd call tonight": a night and the day around it.
LATELY = timedelta(hours=24)
# The exchange itself ends a call after four hours.
LONGEST_CALL = timedelta(hours=4)


class WaitingCall(Struct, frozen=True, kw_only=True):
    """A caller nobody is talking to, by the ``name`` they gave on an earlier ticket.

    ``earlier`` counts this number’s other calls of the last 24 hours.
    ``is_call_back`` is who has hung up and keeps their place: we ring them.
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
    is_call_back: bool
    claimed_by_name: str | None
    back_from: str | None
    earlier: int


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
            Call.outbound.label("is_call_back"),
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
