"""The list of tickets: a page of it, who has each of them, and what a filter hides."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, fields
from datetime import datetime
from uuid import UUID

import tenants
import tickets
from portal.town.hall import Hall
from portal.town.queries import Standing, standings
from portal.town.rules import PromiseState
from portal.town.tickets.filters import Asked, filters_of
from tenants.town import Town
from tickets import After, Assignment, Row, finding
from townline import auth
from townline.errors import Invalid
from townline.i18n import language
from townline.tenancy import TenantSession

A_PAGE = 50
# Counting what a filter hides stops here: "100 or more" helps as much as a number.
MOST_COUNTED = 100
# Who may look after a ticket; a viewer only reads.
WORKERS = ("manager", "dispatcher", "lead")

# Both dates are one filter, and words are what is looked for.
NOT_ALONE = frozenset({"since", "until", "text"})


class NoSuchPage(Invalid):
    """This list cannot be shown from there; start again from its newest ticket."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Listed:
    row: Row
    standing: Standing
    promise: PromiseState
    assignee: str = ""


@dataclass(frozen=True, slots=True)
class Hidden:
    """How many there would be without a filter, or without "any", and where."""

    filter: str
    count: int
    address: str

    @property
    def is_more(self) -> bool:
        return self.count >= MOST_COUNTED


@dataclass(frozen=True, slots=True, kw_only=True)
class Listing:
    """``is_partial`` while words of older tickets are still being read."""

    asked: Asked
    rows: tuple[Listed, ...]
    older: str
    hidden: tuple[Hidden, ...]
    is_partial: bool = False

    @property
    def query(self) -> str:
        """The whole list's, wherever its page begins."""
        return f"?{self.asked.query()}"


@dataclass(frozen=True, slots=True)
class Choices:
    """What the filters offer, each as (key, name)."""

    departments: Sequence[tuple[str, str]]
    categories: Sequence[tuple[str, str]]
    people: Sequence[tuple[str, str]]


def listing_of(
    db: TenantSession, asked: Asked, hall: Hall, *, after: str = ""
) -> Listing:
    town = tenants.current(db).town
    filters = filters_of(asked, town, hall)
    found = tickets.listing(db, filters, limit=A_PAGE + 1, after=_place(after))
    rows = found[:A_PAGE]
    older = _named(rows[-1]) if len(found) > A_PAGE else ""
    return Listing(
        asked=asked,
        rows=tuple(listed(db, rows, town, at=hall.at)),
        older=f"?{asked.query(after=older)}" if older else "",
        hidden=() if rows else tuple(_hidden(db, asked, town, hall)),
        is_partial=bool(asked.text) and not finding.is_whole(db),
    )


def listed(
    db: TenantSession, rows: Sequence[Row], town: Town, *, at: datetime
) -> Iterator[Listed]:
    stand = standings(db, [row.id for row in rows])
    given = _assignees(db, [row.id for row in rows])
    for row in rows:
        standing = stand[row.id]
        yield Listed(
            row=row,
            standing=standing,
            promise=standing.promise(row, at=at, zone=town.time_zone),
            assignee=given.get(row.id, ""),
        )


def choices(db: TenantSession, town: Town, hall: Hall) -> Choices:
    within = hall.departments
    return Choices(
        departments(town, within),
        [
            (each.key, each.name.in_(language()))
            for each in town.categories
            if within is None or each.department in within
        ],
        [(str(e.account_id), e.name) for e in auth.people(db, roles=WORKERS)],
    )


def departments(
    town: Town, within: frozenset[str] | None = None
) -> Sequence[tuple[str, str]]:
    return [
        (each.key, each.name.in_(language()))
        for each in town.departments
        if within is None or each.key in within
    ]


def _hidden(
    db: TenantSession, asked: Asked, town: Town, hall: Hall
) -> Iterator[Hidden]:
    """Without one of the filters; or without all of them, if only that helps."""
    everywhere = Asked(state="all", text=asked.text)
    if not tickets.listing(db, filters_of(everywhere, town, hall), limit=1):
        return
    names = ["dates", *(e.name for e in fields(Asked) if e.name not in NOT_ALONE)]
    wider = {name: asked.wider(name) for name in names}
    helped = False
    for name, without in [*wider.items(), ("any", everywhere)]:
        if without == asked or (name == "any" and helped):
            continue
        found = filters_of(without, town, hall)
        if count := len(tickets.listing(db, found, limit=MOST_COUNTED)):
            helped = True
            yield Hidden(name, count, f"?{without.query()}")


def _assignees(db: TenantSession, ids: Sequence[UUID]) -> Mapping[UUID, str]:
    given = db.session.scalars(db.rows(Assignment).where(Assignment.ticket_id.in_(ids)))
    return {each.ticket_id: each.name for each in given}


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
