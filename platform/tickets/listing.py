"""Lists of tickets, newest first, a page at a time and never by counting rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from contextlib import suppress
from datetime import datetime
from typing import Literal
from uuid import UUID

from msgspec import Struct
from sqlalchemy import ColumnElement, and_, exists, or_, select, true, tuple_

import tenants
from tickets.errors import Misheard, NotATrackingNumber
from tickets.models import Reporter, Ticket
from tickets.phones import normalised
from tickets.rules.tracking import read
from townline.tenancy import TenantSession


class Filters(Struct, frozen=True, kw_only=True):
    """What to list. A tracking or phone number in ``text`` outweighs all the rest but
    ``within``: the departments whose tickets the asker may see, None for all."""

    state: Literal["open", "closed", "all"] = "open"
    level: int | None = None
    department: str | None = None
    category: str | None = None
    text: str = ""
    within: frozenset[str] | None = None


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


# More words than anybody types are a pasted page; the first say what is meant.
MOST_WORDS = 8
EVERYTHING_OPEN = Filters()
_COLUMNS = [getattr(Ticket, field) for field in Row.__struct_fields__]


def listing(
    db: TenantSession,
    filters: Filters = EVERYTHING_OPEN,
    *,
    limit: int = 50,
    after: After | None = None,
) -> Sequence[Row]:
    statement = (
        select(*_COLUMNS)
        .where(Ticket.tenant_id == db.tenant_id, wanted(db, filters))
        .order_by(Ticket.opened_at.desc(), Ticket.id.desc())
        .limit(limit)
    )
    if after:
        place = tuple_(Ticket.opened_at, Ticket.id)
        statement = statement.where(place < (after.opened_at, after.id))
    return [Row(**row) for row in db.session.execute(statement).mappings()]


def wanted(db: TenantSession, filters: Filters) -> ColumnElement[bool]:
    # PostgreSQL has no place for a NUL, not even in a question.
    text = filters.text.replace("\0", "").strip()
    numbered = list(_numbered(db, text)) if text else []
    if numbered:
        return and_(or_(*numbered), *_theirs(filters))
    return and_(true(), *_chosen(filters), *_saying(text), *_theirs(filters))


def _theirs(filters: Filters) -> Iterator[ColumnElement[bool]]:
    if filters.within is not None:
        yield Ticket.department.in_(sorted(filters.within))


def _numbered(db: TenantSession, text: str) -> Iterator[ColumnElement[bool]]:
    """Ten digits may be a long tracking number as well as a telephone number."""
    town = tenants.current(db).town
    with suppress(NotATrackingNumber, Misheard):
        yield Ticket.tracking == read(text, prefix=town.prefix)
    if phone := normalised(text, country=town.holidays[:2]):
        yield _called_by(db, phone)


def _called_by(db: TenantSession, phone: str) -> ColumnElement[bool]:
    return exists().where(
        Reporter.tenant_id == db.tenant_id,
        Reporter.ticket_id == Ticket.id,
        Reporter.phone == phone,
    )


def _chosen(filters: Filters) -> Iterator[ColumnElement[bool]]:
    match filters.state:
        case "open":
            yield Ticket.closed_at.is_(None)
        case "closed":
            yield Ticket.closed_at.is_not(None)
    if filters.level is not None:
        yield Ticket.level == filters.level
    if filters.department is not None:
        yield Ticket.department == filters.department
    if filters.category is not None:
        yield Ticket.category == filters.category


def _saying(text: str) -> Iterator[ColumnElement[bool]]:
    """Every word somewhere in the place or in what was said."""
    for word in text.split()[:MOST_WORDS]:
        yield or_(
            Ticket.place.icontains(word, autoescape=True),
            Ticket.words.icontains(word, autoescape=True),
        )
