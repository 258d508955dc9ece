"""Lists of tickets, newest first, a page at a time and never by counting rows."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import TypeAlias, TypeVar
from uuid import UUID

from msgspec import Struct
from sqlalchemy import ColumnElement, Select, and_, func, or_, select, true, tuple_
from sqlalchemy.orm import InstrumentedAttribute

from tickets.filtering import Filters, chosen, numbered, theirs
from tickets.finding import Within, are_known, having
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


T = TypeVar("T")
EVERYTHING_OPEN = Filters()
_COLUMNS = [getattr(Ticket, field) for field in Row.__struct_fields__]
_Column: TypeAlias = ColumnElement[T] | InstrumentedAttribute[T]
# By which columns tickets are put in order; and which they are, with these.
_Place: TypeAlias = tuple[_Column[datetime], _Column[UUID]]
_Found: TypeAlias = tuple[Select[UUID], _Place]
_PLACE = Ticket.opened_at, Ticket.id
_NEWEST = Ticket.opened_at.desc(), Ticket.id.desc()
# Among so many tickets are a page's worth with most words; among so many with the rest.
RECENT = 1_000, 8_000


def listing(
    db: TenantSession,
    filters: Filters = EVERYTHING_OPEN,
    *,
    limit: int = 50,
    after: After | None = None,
    recent: Sequence[int] = RECENT,
) -> Sequence[Row]:
    """Words are looked for among the ``recent`` first: what is in every other ticket is
    found there, and what is not is rare enough to be looked for in all of them."""
    numbers = list(numbered(db, filters))
    if numbers or not filters.text.strip():
        these = _these(db, filters, numbers)
        return _page(db, these, limit=limit, after=after)
    if not are_known(db, filters.text, heard=filters.heard):
        return ()
    within = _within(filters, after)
    for most in recent:
        since, number = _reach(db, filters, after, most=most)
        if since is None:
            return ()
        near = Within(since, within.until)
        if number < most:
            these = _these_saying(db, filters, near)
            return _page(db, these, limit=limit, after=after)
        found = _page(db, _saying(db, filters, near), limit=limit, after=after)
        if len(found) == limit:
            return found
    return _page(db, _saying(db, filters, within), limit=limit, after=after)


def _within(filters: Filters, after: After | None) -> Within:
    """Between the days that were chosen, and not before the page that was seen."""
    ends = [each for each in (filters.until, after and after.opened_at) if each]
    return Within(filters.since, min(ends, default=None))


def wanted(db: TenantSession, filters: Filters) -> ColumnElement[bool]:
    """Of a ticket, for whoever reads all of them."""
    numbers = list(numbered(db, filters))
    if numbers or not filters.text.strip():
        return _narrowed(db, filters, numbers)
    hit = having(db, filters.text, heard=filters.heard)
    return _narrowed(db, filters, ()) & Ticket.id.in_(select(hit.c.ticket_id))


def _narrowed(
    db: TenantSession, filters: Filters, numbers: Sequence[ColumnElement[bool]]
) -> ColumnElement[bool]:
    """A number outweighs all that was chosen."""
    asked = [or_(*numbers)] if numbers else chosen(db, filters)
    return and_(Ticket.tenant_id == db.tenant_id, *asked, *theirs(filters))


def _these(
    db: TenantSession, filters: Filters, numbers: Sequence[ColumnElement[bool]]
) -> _Found:
    """All that lists are narrowed by is read from one index, in its order."""
    return select(Ticket.id).where(_narrowed(db, filters, numbers)), _PLACE


def _these_saying(db: TenantSession, filters: Filters, within: Within) -> _Found:
    """Few were chosen: these are looked through for the words."""
    hit = having(db, filters.text, heard=filters.heard, within=within)
    said = Ticket.id.in_(select(hit.c.ticket_id))
    return select(Ticket.id).where(_narrowed(db, filters, ()), said), _PLACE


def _saying(db: TenantSession, filters: Filters, within: Within) -> _Found:
    """Those with the words are put in order before any ticket is read.

    Then each by itself, until the page is full: the planner takes row security for a
    filter that few rows pass, and would rather read all the town's tickets beside them.
    An offset of none keeps it from that.
    """
    hit = having(db, filters.text, heard=filters.heard, within=within)
    newest = hit.c.opened_at.desc(), hit.c.ticket_id.desc()
    found = select(hit).order_by(*newest).subquery("found")
    same = Ticket.id == found.c.ticket_id
    each = select(Ticket.id).where(_narrowed(db, filters, ()), same).offset(0)
    which = select(each.lateral("each").c.id).select_from(found)
    return which, (found.c.opened_at, found.c.ticket_id)


def _page(
    db: TenantSession, found: _Found, *, limit: int, after: After | None
) -> Sequence[Row]:
    """Which ones they are is known first; only these are read in full."""
    which, place = found
    shown = (
        which.where(_before(after, place))
        .order_by(*(each.desc() for each in place))
        .limit(limit)
        .subquery("shown")
    )
    statement = (
        select(*_COLUMNS)
        .join(shown, shown.c.id == Ticket.id)
        .where(Ticket.tenant_id == db.tenant_id)
        .order_by(*_NEWEST)
    )
    return [Row(**row) for row in db.session.execute(statement).mappings()]


def _reach(
    db: TenantSession, filters: Filters, after: After | None, *, most: int
) -> tuple[datetime | None, int]:
    """When the oldest was opened of the newest that were chosen; how many these are."""
    newest = (
        select(Ticket.opened_at)
        .where(_narrowed(db, filters, ()), _before(after, _PLACE))
        .order_by(*_NEWEST)
        .limit(most)
        .subquery("newest")
    )
    oldest = select(func.min(newest.c.opened_at), func.count())
    since, number = db.session.execute(oldest).one()
    return since, number


def _before(after: After | None, place: _Place) -> ColumnElement[bool]:
    if after is None:
        return true()
    return tuple_(*place) < (after.opened_at, after.id)
