"""The calls' recurring work: lapsed claims, agents who are gone, overdue minders, and
the hours that have passed."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import select

import tenants
from calls import minders, presence
from calls.answering import expire
from calls.measures import rolling
from calls.measures.rolling import Standard
from calls.models import Call
from calls.rules.claims import stale_before
from townline.db import Database
from townline.tenancy import town


def put_back(database: Database, *, at: datetime) -> int:
    """Callers whose agent never lifted stand in line again, where they stood."""
    stale = select(Call.tenant_id, Call.id).where(
        Call.queued_at.is_not(None),
        Call.ended_at.is_(None),
        Call.connected_at.is_(None),
        Call.claimed_at < stale_before(at),
    )
    with database.everybody() as session:
        found = session.execute(stale).all()
    for tenant_id, call_id in found:
        with town(database, tenant_id) as db:
            expire(db, call_id, at=at)
    return len(found)


def miss_agents(database: Database, *, at: datetime) -> int:
    """Make away whoever's browser has gone for good."""
    with database.everybody() as session:
        return presence.mark_gone(session, at=at)


def show_overdue(database: Database, *, at: datetime) -> int:
    """Minders that nobody has done in time become the supervisors' business."""
    with database.everybody() as session:
        towns = minders.late_towns(session, before=at - minders.OVERDUE_AFTER)
    shown = 0
    for tenant_id in towns:
        with town(database, tenant_id) as db:
            shown += minders.mark_overdue(db, at=at)
    return shown


def keep_measures(database: Database, *, at: datetime) -> int:
    """Add up the hours that have settled, and anew those of which more is known."""
    with database.everybody() as session:
        standards = {
            tenant_id: Standard(each.service_level.threshold_seconds, each.time_zone)
            for tenant_id, each in tenants.current_of(session).items()
        }
        towns = rolling.due(session, standards, at=at)
    return sum(_keep_of(database, each, standards[each], at=at) for each in towns)


def _keep_of(
    database: Database, tenant_id: UUID, standard: Standard, *, at: datetime
) -> int:
    """A transaction a turn, until nothing is left of the past."""
    kept = 0
    while True:
        with town(database, tenant_id) as db:
            turn = rolling.roll(db, standard, at=at)
        if not turn:
            return kept
        kept += turn
