"""Paper: numbers are printed ahead, and each becomes a ticket at most once."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from sqlalchemy import func, select, text

import tenants
from tickets.errors import NoSuchSheet
from tickets.models import Ticket
from tickets.paper import CallSheet
from tickets.rules import paper
from townline import proof
from townline.proof import Actor
from townline.tenancy import TenantSession

# More than a shift can fill, and few enough to throw away.
MOST_SHEETS = 200


def reserve(
    db: TenantSession, count: int, *, at: datetime, by: Actor
) -> Sequence[CallSheet]:
    """The next ``count`` numbers of the town; no two prints ever share one."""
    key = f"call_sheet {db.tenant_id}"
    db.session.execute(
        text("select pg_advisory_xact_lock(hashtextextended(:key, 0))"), {"key": key}
    )
    newest = select(func.max(CallSheet.number)).where(
        CallSheet.tenant_id == db.tenant_id
    )
    last = db.session.scalar(newest) or 0
    wanted = min(max(count, 1), MOST_SHEETS)
    sheets = [
        db.add(CallSheet(number=last + each, printed_at=at, printed_by=by.name))
        for each in range(1, wanted + 1)
    ]
    db.session.flush()
    proof.record(
        db,
        "sheets.printed",
        subject=db.tenant_id,
        at=at,
        actor=by,
        first=last + 1,
        last=last + wanted,
    )
    return sheets


def sheet(db: TenantSession, written: str, *, lock: bool = False) -> CallSheet:
    """The sheet with this number, if it was ever printed for this town."""
    found = db.rows(CallSheet).where(CallSheet.number == paper.read(written))
    if lock:
        found = found.with_for_update()
    known = db.session.scalar(found)
    if known is None:
        raise NoSuchSheet
    return known


def entered(
    db: TenantSession, found: CallSheet, *, called_at: datetime, at: datetime, by: Actor
) -> None:
    """It is a ticket now; whoever types it again is shown that one."""
    found.called_at = called_at
    found.entered_at = at
    found.entered_by = by.name
    db.session.flush()


def made_of(db: TenantSession, found: CallSheet) -> Ticket | None:
    made = db.rows(Ticket).where(Ticket.client_key == found.id)
    return db.session.scalar(made)


def named(db: TenantSession, found: CallSheet) -> str:
    return paper.numbered(tenants.current(db).town.prefix, found.number)
