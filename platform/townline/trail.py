"""What people have changed in a town, read back from its log."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from msgspec import Struct
from sqlalchemy import ColumnElement, or_, select

from townline.proof import LogEntry
from townline.tenancy import TenantSession

# Entries looked at for one page: of a rare person in a long log a page may be short,
# and goes on from where it ended, but none takes longer than this many rows do.
STRETCH = 20_000
# What the platform and the carriers did of themselves is told on the ticket's page.
PEOPLE = ("agent ", "town ", "crew ", "key ")


class Trail(Struct, frozen=True):
    """The newest first; ``goes_on`` is the number below which there may be more."""

    entries: Sequence[LogEntry]
    goes_on: int | None


def changes(db: TenantSession, *, below: int, limit: int, actor: str = "") -> Trail:
    """What people, or one of them, did in the entries numbered less than ``below``."""
    bottom = max(below - STRETCH, 0)
    stretch = db.rows(LogEntry).where(LogEntry.seq < below, LogEntry.seq >= bottom)
    statement = stretch.where(_whose(actor)).order_by(LogEntry.seq.desc()).limit(limit)
    found = db.session.scalars(statement).all()
    if len(found) == limit:
        return Trail(found, found[-1].seq)
    return Trail(found, bottom or None)


def changes_to(
    db: TenantSession, subject: UUID, *, below: int, actor: str = ""
) -> Sequence[LogEntry]:
    """What people did to one thing; that is never so much that it needs pages."""
    mine = db.rows(LogEntry).where(
        LogEntry.subject_id == subject, LogEntry.seq < below, _whose(actor)
    )
    return db.session.scalars(mine.order_by(LogEntry.seq.desc())).all()


def first_since(db: TenantSession, at: datetime) -> int:
    """The number of the first entry of an instant or later, found by halves.

    Entries are numbered as they are committed, and so, but for moments, by time.
    """
    low, high = 1, _newest(db) + 1
    while low < high:
        middle = (low + high) // 2
        then = _at(db, middle)
        if then is not None and then < at:
            low = middle + 1
        else:
            high = middle
    return low


def _whose(actor: str) -> ColumnElement[bool]:
    if actor:
        return LogEntry.actor == actor
    return or_(*(LogEntry.actor.startswith(each) for each in PEOPLE))


def _newest(db: TenantSession) -> int:
    newest = select(LogEntry.seq).where(LogEntry.tenant_id == db.tenant_id)
    return db.session.scalar(newest.order_by(LogEntry.seq.desc()).limit(1)) or 0


def _at(db: TenantSession, seq: int) -> datetime | None:
    mine = select(LogEntry.at).where(
        LogEntry.tenant_id == db.tenant_id, LogEntry.seq == seq
    )
    return db.session.scalar(mine)
