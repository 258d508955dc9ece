"""Tickets as a program reads them: the list and one ticket, in JSON.

Keys, states and instants are told as they are kept; a program has words of its own.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from msgspec import Struct

import tickets
from portal.town.hall import Hall
from portal.town.rules import PromiseState
from portal.town.tickets import looking
from portal.town.tickets.file import TicketFile, file_of
from portal.town.tickets.listing import Listed, Listing
from tickets import Reporter
from townline.tenancy import TenantSession


class Told(Struct, frozen=True, kw_only=True):
    """A ticket as a list has it. ``address`` has the rest."""

    tracking: str
    address: str
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
    promise: PromiseState
    closed_at: datetime | None
    closed_as: str
    accepted_at: datetime | None
    holders: Sequence[str]


class Page(Struct, frozen=True, kw_only=True):
    """``next`` is the address of the older ones, or empty."""

    tickets: Sequence[Told]
    next: str


class Answer(Struct, frozen=True):
    question: str
    answer: str


class Noted(Struct, frozen=True, kw_only=True):
    at: datetime
    author: str
    audience: str
    body: str


class Resident(Struct, frozen=True, kw_only=True):
    """Nobody who asked to stay anonymous has a name here, or anywhere."""

    identity: str
    name: str | None
    phone: str | None
    email: str | None
    address: str | None
    joined_at: datetime


class Whole(Struct, frozen=True, kw_only=True):
    """``reporters`` is None for a key that may not know who they are."""

    ticket: Told
    language: str
    words: str
    answers: Sequence[Answer]
    notes: Sequence[Noted]
    reported_by: int
    reporters: Sequence[Resident] | None


def page_of(hall: Hall, it: Listing) -> Page:
    return Page(
        tickets=[_told(hall, each.row, each) for each in it.rows],
        next=f"{hall.address}/tickets.json{it.older}" if it.older else "",
    )


def ticket_of(db: TenantSession, hall: Hall, tracking: str) -> Whole:
    """With who reported it for those who may know, and then it is kept that they do."""
    ticket = hall.ticket(db, tracking)
    it = file_of(db, ticket, at=hall.at)
    reporters = tickets.reporters(db, ticket.id)
    knows = not hall.person.is_key or "identity" in hall.person.scopes
    if knows:
        looking.at_ticket(db, hall, it)
    return Whole(
        ticket=_told(hall, ticket, it),
        language=ticket.language,
        words=ticket.words,
        answers=[Answer(e["question"], e["answer"]) for e in ticket.answers],
        notes=[_noted(each) for each in it.notes],
        reported_by=len(reporters),
        reporters=[_resident(each) for each in reporters] if knows else None,
    )


def _told(
    hall: Hall, it: tickets.Row | tickets.Ticket, seen: Listed | TicketFile
) -> Told:
    standing = seen.standing
    return Told(
        tracking=it.tracking,
        address=f"{hall.address}/tickets/{it.tracking}/ticket.json",
        category=it.category,
        kind=it.kind,
        level=it.level,
        department=it.department,
        channel=it.channel,
        opened_at=it.opened_at,
        place=it.place,
        latitude=it.latitude,
        longitude=it.longitude,
        promised_at=it.promised_at,
        promise=seen.promise,
        closed_at=it.closed_at,
        closed_as=standing.closed_as,
        accepted_at=standing.first_at,
        holders=standing.holders,
    )


def _noted(note: tickets.Note) -> Noted:
    return Noted(at=note.at, author=note.author, audience=note.audience, body=note.body)


def _resident(reporter: Reporter) -> Resident:
    shown = reporter.shown_to("town")
    return Resident(
        identity=reporter.identity,
        name=shown.name,
        phone=shown.phone,
        email=shown.email,
        address=shown.address,
        joined_at=reporter.joined_at,
    )
