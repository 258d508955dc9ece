"""Many tickets at a glance: what was asked for, how grave it was, and when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import func, select

from tickets.models import Ticket
from townline.tenancy import TenantSession


@dataclass(frozen=True, slots=True)
class Opened:
    """A ticket without anything that a person said."""

    tracking: str
    category: str
    level: int
    opened_at: datetime


@dataclass(frozen=True, slots=True)
class Recent:
    """The newest ones, of ``total`` that there were."""

    tickets: tuple[Opened, ...]
    total: int


def opened_since(db: TenantSession, since: datetime, *, limit: int) -> Recent:
    known = Ticket.tenant_id == db.tenant_id, Ticket.opened_at >= since
    columns = Ticket.tracking, Ticket.category, Ticket.level, Ticket.opened_at
    newest = select(*columns).where(*known).order_by(Ticket.opened_at.desc())
    rows = db.session.execute(newest.limit(limit))
    total = db.session.scalar(select(func.count()).select_from(Ticket).where(*known))
    return Recent(tuple(Opened(*row) for row in rows), total or 0)
