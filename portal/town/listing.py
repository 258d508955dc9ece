"""The list of tickets: what is asked for, a page of it, and what a filter hides."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from urllib.parse import urlencode
from uuid import UUID

from msgspec.structs import replace

import tenants
import tickets
from portal.town.queries import Standing, standings
from portal.town.rules import PromiseState
from tenants.town import Town
from tickets import After, Filters, Row
from townline.errors import Invalid
from townline.i18n import language
from townline.tenancy import TenantSession

A_PAGE = 50
# Counting what a filter hides stops here: "100 or more" helps as much as a number.
MOST_COUNTED = 100
State = Literal["open", "closed", "all"]
Filter = Literal["state", "level", "department", "any"]
STATES: dict[str, State] = {"open": "open", "closed": "closed", "all": "all"}


class NoSuchPage(Invalid):
    """This list cannot be shown from there; start again from its newest ticket."""


@dataclass(frozen=True, slots=True)
class Listed:
    row: Row
    standing: Standing
    promise: PromiseState


@dataclass(frozen=True, slots=True)
class Hidden:
    """How many there would be without a filter, and where."""

    filter: Filter
    count: int
    address: str

    @property
    def is_more(self) -> bool:
        return self.count >= MOST_COUNTED


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    filters: Filters
    rows: tuple[Listed, ...]
    older: str
    hidden: tuple[Hidden, ...]

    @property
    def query(self) -> str:
        """The whole list's, wherever its page begins."""
        return f"?{_query(self.filters)}"


def filters_of(
    asked: Mapping[str, str], *, within: frozenset[str] | None = None
) -> Filters:
    """From the address: what is not understood does not narrow the list."""
    state = asked.get("state", "open")
    level = asked.get("level", "")
    return Filters(
        state=STATES.get(state, "open"),
        level=int(level) if level in set("12345") else None,
        department=asked.get("department") or None,
        text=asked.get("text", "").strip(),
        within=within,
    )


def listing_of(
    db: TenantSession, filters: Filters, *, after: str, at: datetime
) -> Listing:
    found = tickets.listing(db, filters, limit=A_PAGE + 1, after=_place(after))
    rows = found[:A_PAGE]
    stand = standings(db, [row.id for row in rows])
    town = tenants.current(db).town
    older = _named(rows[-1]) if len(found) > A_PAGE else ""
    return Listing(
        filters=filters,
        rows=tuple(_listed(row, stand[row.id], town, at=at) for row in rows),
        older=f"?{_query(filters, after=older)}" if older else "",
        hidden=() if rows else tuple(_hidden(db, filters)),
    )


def _listed(row: Row, standing: Standing, town: Town, *, at: datetime) -> Listed:
    return Listed(
        row,
        standing,
        standing.promise(row, at=at, zone=town.time_zone),
    )


def _hidden(db: TenantSession, filters: Filters) -> list[Hidden]:
    """Without one of the filters; or without all of them, if only that helps."""
    wider: dict[Filter, Filters] = {
        "state": replace(filters, state="all"),
        "level": replace(filters, level=None),
        "department": replace(filters, department=None),
    }
    found = [
        Hidden(name, count, f"?{_query(without)}")
        for name, without in wider.items()
        if without != filters and (count := _count(db, without))
    ]
    everywhere = Filters(state="all", text=filters.text, within=filters.within)
    if not found and (count := _count(db, everywhere)):
        found.append(Hidden("any", count, f"?{_query(everywhere)}"))
    return found


def _count(db: TenantSession, filters: Filters) -> int:
    return len(tickets.listing(db, filters, limit=MOST_COUNTED))


def _query(filters: Filters, *, after: str = "") -> str:
    asked = {
        "state": filters.state,
        "level": filters.level or "",
        "department": filters.department or "",
        "text": filters.text,
        "after": after,
    }
    return urlencode({name: value for name, value in asked.items() if value})


def _named(row: Row) -> str:
    return f"{row.position.opened_at.isoformat()}~{row.position.id}"


def _place(after: str) -> After | None:
    if not after:
        return None
    opened_at, _, id = after.partition("~")
    try:
        place = After(datetime.fromisoformat(opened_at), UUID(id))
    except ValueError as nonsense:
        raise NoSuchPage from nonsense
    if place.opened_at.tzinfo is None:
        raise NoSuchPage
    return place


def departments(
    town: Town, within: frozenset[str] | None = None
) -> Sequence[tuple[str, str]]:
    return [
        (each.key, each.name.in_(language()))
        for each in town.departments
        if within is None or each.key in within
    ]
