"""The calls' recurring work: lapsed claims, agents who are gone, overdue minders."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import select

from calls import minders, presence
from calls.answering import expire
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
