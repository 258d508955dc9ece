"""Lists of tickets, newest first, a page at a time and never by counting rows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

from msgspec import Struct
from sqlalchemy import ColumnElement, and_, func, or_, select, true, tuple_

from tickets.filtering import Filters, chosen, numbered, standing, theirs
from tickets.finding import having
from tickets.models import Ticket
from townline.tenancy import TenantSession


class After(Struct, frozen=True):
    """The last ticket of the page before."""

    opened_at: datetime
    id: UUID


class Row(Struct, frozen=True, kw_only=True):
    id: UUID
    tracking: str
    category: str
    kind: str
    level: int
    department: str
    channel: str
    opened_at: datetime
    place: str
    latitude: float | None
    longitude: float | None
    promised_at: datetime
    closed_at: datetime | None

    @property
    def position(self) -> After:
        return After(self.opened_at, self.id)


EVERYTHING_OPEN = Filters()
_COLUMNS = [getattr(Ticket, field) for field in Row.__struct_fields__]
_NEWEST = Ticket.opened_at.desc(), Ticket.id.desc()
# Most words that are looked for are on a page's worth of so many tickets.
RECENT = 1000


def listing(
    db: TenantSession,
    filters: Filters = EVERYTHING_OPEN,
    *,
    limit: int = 50,
    after: After | None = None,
) -> Sequence[Row]:
    """Words are looked for among the newest first: what is in every other ticket is
    found there, and what is not is rare enough to be looked for in all of them."""
    numbers = list(numbered(db, filters))
    if numbers or not filters.text.strip():
        return _page(db, _wanted(db, filters, numbers), limit=limit, after=after)
    reach = _reach(db, filters, after)
    recent = _wanted(db, filters, [], since=reach.since)
    found = _page(db, recent, limit=limit, after=after)
    if len(found) == limit or reach.is_all:
        return found
    return _page(db, _wanted(db, filters, []), limit=limit, after=after)


def wanted(db: TenantSession, filters: Filters) -> ColumnElement[bool]:
    return _wanted(db, filters, list(numbered(db, filters)))


def _wanted(
    db: TenantSession,
    filters: Filters,
    numbers: Sequence[ColumnElement[bool]],
    *,
    since: datetime | None = None,
) -> ColumnElement[bool]:
    if numbers:
        return and_(or_(*numbers), *theirs(filters))
    narrowed = [*chosen(db, filters), *theirs(filters)]
    if text := filters.text.strip():
        hit = having(db, text, heard=filters.heard, since=since)
        narrowed.append(Ticket.id.in_(select(hit.c.ticket_id)))
    return and_(true(), *narrowed)


def _page(
    db: TenantSession,
    wanted: ColumnElement[bool],
    *,
    limit: int,
    after: After | None,
) -> Sequence[Row]:
    """Which ones they are is read from an index; only these are read themselves."""
    shown = (
        select(Ticket.tenant_id, Ticket.id)
        .where(Ticket.tenant_id == db.tenant_id, _before(after), wanted)
        .order_by(*_NEWEST)
        .limit(limit)
        .subquery("shown")
    )
    same = (shown.c.tenant_id == Ticket.tenant_id) & (shown.c.id == Ticket.id)
    statement = (
        select(*_COLUMNS)
        .join(shown, same)
        .where(Ticket.tenant_id == db.tenant_id)
        .order_by(*_NEWEST)
    )
    return [Row(**row) for row in db.session.execute(statement).mappings()]


class _Reach(Struct, frozen=True):
    """When the oldest of the newest was opened, and how many these are."""

    since: datetime | None
    number: int

    @property
    def is_all(self) -> bool:
        return self.number < RECENT


def _reach(db: TenantSession, filters: Filters, after: After | None) -> _Reach:
    recent = (
        select(Ticket.opened_at)
        .where(Ticket.tenant_id == db.tenant_id, _before(after), *standing(filters))
        .order_by(*_NEWEST)
        .limit(RECENT)
        .subquery("recent")
    )
    oldest = select(func.min(recent.c.opened_at), func.count())
    return _Reach(*db.session.execute(oldest).one())


def _before(after: After | None) -> ColumnElement[bool]:
    if after is None:
        return true()
    return tuple_(Ticket.opened_at, Ticket.id) < (after.opened_at, after.id)
