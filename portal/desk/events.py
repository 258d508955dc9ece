"""Known events at the desk: made from a ticket or from nothing, corrected and ended."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import tenants
import tickets
from portal.desk.board import towns_of
from portal.events import EventForm
from tenants.town import Text, Town
from tickets import events
from tickets.events import Burst, KnownEvent
from townline.auth import Person
from townline.db import Database, new_id
from townline.i18n import language
from townline.proof import Actor
from townline.tenancy import TenantSession, board, town


@dataclass(frozen=True, slots=True)
class Shown:
    """An event on the queue, and how many have called about it."""

    event: KnownEvent
    town: Town
    callers: int

    @property
    def title(self) -> str:
        return Text(**self.event.title).in_(language())


@dataclass(frozen=True, slots=True)
class Proposed:
    """So many calls about one thing that it should be said to the next caller."""

    burst: Burst
    town: Town
    place: str

    @property
    def what(self) -> str:
        return self.town.category(self.burst.first.category).name.in_(language())


@dataclass(frozen=True, slots=True)
class EventBoard:
    at: datetime
    going_on: tuple[Shown, ...]
    proposed: tuple[Proposed, ...]
    towns: Sequence[Town]


def event_board(database: Database, person: Person, *, at: datetime) -> EventBoard:
    with board(database, person.desk_towns) as session:
        now = events.on_the_board(session, at=at)
        loud = events.loud_towns(session, at=at)
    towns = towns_of(database, person.desk_towns)
    return EventBoard(
        at=at,
        going_on=tuple(_shown(database, each, towns[each.tenant_id]) for each in now),
        proposed=tuple(
            each
            for tenant_id in loud
            for each in _proposed(database, tenant_id, towns[tenant_id], at)
        ),
        towns=sorted(towns.values(), key=lambda each: each.slug),
    )


def _shown(database: Database, event: KnownEvent, of: Town) -> Shown:
    with town(database, event.tenant_id) as db:
        return Shown(event, of, events.callers(db, event))


def _proposed(
    database: Database, tenant_id: UUID, of: Town, at: datetime
) -> tuple[Proposed, ...]:
    offered = {each.key for each in of.categories}
    with town(database, tenant_id) as db:
        return tuple(
            Proposed(each, of, tickets.get(db, each.first.ticket_id).place)
            for each in events.proposals(db, at=at)
            if each.first.category in offered
        )


def make(db: TenantSession, form: EventForm, *, by: Actor, at: datetime) -> KnownEvent:
    terms = form.terms(tenants.current(db).town)
    key = form.client_key or new_id()
    return events.make(db, terms, client_key=key, at=at, by=by)


def make_of_ticket(
    db: TenantSession, ticket_id: UUID, *, by: Actor, at: datetime
) -> KnownEvent:
    """With one click; clicked again, it is the same one."""
    ticket = tickets.get(db, ticket_id, lock=True)
    if known := events.of_ticket(db, ticket_id):
        return known
    terms = events.terms_of_ticket(db, ticket)
    return events.make(
        db, terms, client_key=new_id(), at=at, by=by, ticket_id=ticket_id
    )


def change(
    db: TenantSession, event_id: UUID, form: EventForm, *, by: Actor, at: datetime
) -> KnownEvent:
    terms = form.terms(tenants.current(db).town)
    return events.change(db, event_id, terms, at=at, by=by)


def end(
    db: TenantSession, event_id: UUID, ending: Text, *, by: Actor, at: datetime
) -> int:
    return events.end(db, event_id, ending=ending, at=at, by=by)
