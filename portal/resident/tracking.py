"""A ticket as anybody with its number may see it: no person, no dispatch fact."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime

from litestar.response import Template

import tenants
import tickets
from portal.resident.rules import Event, stations, street_only
from tenants.town import Category
from tickets import Ticket
from townline import proof
from townline.proof import LogEntry
from townline.tenancy import TenantSession
from townline.web import page


def tracking_page(db: TenantSession, number: str, *, at: datetime) -> Template:
    ticket = tickets.by_number(db, number)
    town = tenants.rules_of(db, ticket.version_id).town
    entries = proof.timeline(db, ticket.id)
    events = (Event(entry.event, entry.at) for entry in entries)
    closure = tickets.closure(db, ticket.id)
    notes = tickets.notes(db, ticket.id)
    return page(
        "resident/track.html",
        town=town,
        category=town.category(ticket.category),
        department=town.department(ticket.department),
        ticket=ticket,
        place=public_place(db, ticket),
        is_late=ticket.closed_at is None and at > ticket.promised_at,
        told_late_at=_told_late_at(entries),
        reason=closure.reason if closure else None,
        reopened_at=_last(entries, "ticket.reopened"),
        goes_on_as=_goes_on_as(db, ticket),
        stations=stations(ticket.opened_at, ticket.closed_at, events),
        notes=[note for note in notes if note.audience == "public"],
        linked=tuple(_linked(db, ticket)),
    )


@dataclass(frozen=True, slots=True)
class Linked:
    """Another report of the same call, as the public may know it."""

    tracking: str
    category: Category
    is_closed: bool


def _linked(db: TenantSession, ticket: Ticket) -> Iterator[Linked]:
    """One number finds all of them, but only for whoever told of all of them."""
    if len(tickets.reporters(db, ticket.id)) > 1:
        return
    for each in tickets.linked(db, ticket):
        then = tenants.rules_of(db, each.version_id).town
        category = then.category(each.category)
        yield Linked(each.tracking, category, each.closed_at is not None)


def public_place(db: TenantSession, ticket: Ticket) -> str:
    """The street alone when somebody who asked does not want to be found."""
    reporters = tickets.reporters(db, ticket.id)
    if any(each.identity == "confidential" for each in reporters):
        return street_only(ticket.place)
    return ticket.place


def _goes_on_as(db: TenantSession, ticket: Ticket) -> str:
    """The number of the ticket it was merged into; "" if it was not."""
    gone = tickets.merging(db, ticket.id)
    return tickets.get(db, gone.into_id).tracking if gone else ""


def _last(entries: Sequence[LogEntry], event: str) -> datetime | None:
    return max((each.at for each in entries if each.event == event), default=None)


def _told_late_at(entries: Sequence[LogEntry]) -> datetime | None:
    """Of the promise that holds: what was said before it was given is past."""
    since = _last(entries, "ticket.reopened")
    told = (
        entry.at
        for entry in entries
        if entry.event == "resident.told"
        and entry.told().get("news") == "resident_promise_late"
        and (since is None or entry.at > since)
    )
    return max(told, default=None)
