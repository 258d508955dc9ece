"""What a list is asked for: what each filter wants of a ticket, said to PostgreSQL."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import suppress
from datetime import datetime
from typing import Literal
from uuid import UUID

from msgspec import Struct
from sqlalchemy import ColumnElement, and_, exists, func, select

import tenants
from tickets.errors import Misheard, NotATrackingNumber
from tickets.fates import Assignment
from tickets.models import Milestone, Reporter, Ticket
from tickets.phones import normalised
from tickets.rules.tracking import read
from tickets.terms import Audience, Channel
from townline.tenancy import TenantSession

Due = Literal["kept", "missed", "due_today", "due_later"]
# Nobody of the town looks after it yet.
NOBODY = UUID(int=0)


class Promised(Struct, frozen=True, kw_only=True):
    """How the promise does at an instant, of a day that ends then."""

    state: Due
    at: datetime
    day_ends: datetime


class Filters(Struct, frozen=True, kw_only=True):
    """What to list. A tracking or phone number in ``text`` outweighs all the rest but
    ``within``: the departments whose tickets the asker may see, None for all.

    ``since`` and ``until`` are of the opening, the last one no longer meant. ``heard``
    are the audiences whose notes are searched.
    """

    state: Literal["open", "closed", "all"] = "open"
    level: int | None = None
    department: str | None = None
    category: str | None = None
    channel: Channel | None = None
    since: datetime | None = None
    until: datetime | None = None
    promised: Promised | None = None
    assignee: UUID | None = None
    text: str = ""
    within: frozenset[str] | None = None
    heard: frozenset[Audience] = frozenset({"public", "town"})


def theirs(filters: Filters) -> Iterator[ColumnElement[bool]]:
    if filters.within is not None:
        yield Ticket.department.in_(sorted(filters.within))


def chosen(db: TenantSession, filters: Filters) -> Iterator[ColumnElement[bool]]:
    yield from _standing(filters)
    for column in (Ticket.level, Ticket.department, Ticket.category, Ticket.channel):
        if (value := getattr(filters, column.key)) is not None:
            yield column == value
    if filters.since:
        yield Ticket.opened_at >= filters.since
    if filters.until:
        yield Ticket.opened_at < filters.until
    if filters.promised:
        yield _promised(db, filters.promised)
    if filters.assignee:
        yield _looked_after(db, filters.assignee)


def _standing(filters: Filters) -> Iterator[ColumnElement[bool]]:
    match filters.state:
        case "open":
            yield Ticket.closed_at.is_(None)
        case "closed":
            yield Ticket.closed_at.is_not(None)


def _looked_after(db: TenantSession, by: UUID) -> ColumnElement[bool]:
    given = exists().where(
        Assignment.tenant_id == db.tenant_id, Assignment.ticket_id == Ticket.id
    )
    return ~given if by == NOBODY else given.where(Assignment.account_id == by)


def _promised(db: TenantSession, wanted: Promised) -> ColumnElement[bool]:
    """A promise is settled when a crew is there or the ticket is closed, whichever
    comes first."""
    there = (
        select(func.min(Milestone.at))
        .where(
            Milestone.tenant_id == db.tenant_id,
            Milestone.ticket_id == Ticket.id,
            Milestone.kind.in_(["on_site", "done"]),
        )
        .scalar_subquery()
    )
    settled = func.least(Ticket.closed_at, there)
    owed = and_(Ticket.closed_at.is_(None), there.is_(None))
    match wanted.state:
        case "kept":
            return settled <= Ticket.promised_at
        case "missed":
            return func.coalesce(settled, wanted.at) > Ticket.promised_at
        case "due_today":
            later = Ticket.promised_at >= wanted.at
            return and_(owed, later, Ticket.promised_at < wanted.day_ends)
        case "due_later":
            return and_(owed, Ticket.promised_at >= wanted.day_ends)


def numbered(db: TenantSession, filters: Filters) -> Iterator[ColumnElement[bool]]:
    """Ten digits may be a long tracking number as well as a telephone number."""
    town = tenants.current(db).town
    with suppress(NotATrackingNumber, Misheard):
        yield Ticket.tracking == read(filters.text, prefix=town.prefix)
    if phone := normalised(filters.text, country=town.holidays[:2]):
        yield _called_by(db, phone)


def _called_by(db: TenantSession, phone: str) -> ColumnElement[bool]:
    return exists().where(
        Reporter.tenant_id == db.tenant_id,
        Reporter.ticket_id == Ticket.id,
        Reporter.phone == phone,
    )
