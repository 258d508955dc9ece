"""Second thoughts about a ticket: open again, one with another, or two in truth."""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from dataclasses import dataclass
from uuid import UUID

import escalation
import tenants
import tickets
from portal.town.hall import Hall
from portal.town.queries import Standing, standings
from portal.town.tickets.additions import key_of
from tickets import Part, Ticket
from tickets.duplicates import Candidate, Typed, search
from townline.errors import Conflict, Invalid, NotFound
from townline.i18n import gettext
from townline.tenancy import TenantSession


@dataclass(frozen=True, slots=True)
class Reopening:
    reason: str = ""


@dataclass(frozen=True, slots=True)
class Merging:
    """``confirmed`` is empty the first time: then both are shown side by side."""

    into: str = ""
    confirmed: str = ""


@dataclass(frozen=True, slots=True)
class NewPart:
    """``reporter`` is the id of who asked for this as well, or several of them."""

    category: str = ""
    place: str = ""
    words: str = ""
    reporter: list[str] | str = ""
    key: str = ""

    @property
    def asked_by(self) -> list[str]:
        return self.reporter if isinstance(self.reporter, list) else [self.reporter]


class NoSuchOther(Invalid):
    """No ticket that you may see has this number; read it once more."""


@dataclass(frozen=True, slots=True)
class Side:
    """One of two tickets, as they are shown beside each other."""

    ticket: Ticket
    standing: Standing
    callers: int


@dataclass(frozen=True, slots=True)
class Pair:
    """``hindrance`` is why they may not be merged this way round, if they may not."""

    goes: Side
    stays: Side
    hindrance: str


def reopen(hall: Hall, tracking: str, asked: Reopening) -> None:
    with hall.town() as db:
        ticket = hall.ticket(db, tracking)
        tickets.reopen(db, ticket.id, reason=asked.reason, by=hall.actor, at=hall.at)


def merge(hall: Hall, tracking: str, asked: Merging) -> str:
    """The number under which it goes on. What may not be merged is said at its field:
    between the look and the click either relay may have moved."""
    with hall.town() as db:
        ticket = hall.ticket(db, tracking)
        other = other_of(hall, db, asked.into)
        try:
            into = escalation.merge(db, ticket.id, other.id, by=hall.actor, at=hall.at)
        except Conflict as hindrance:
            raise Invalid(str(hindrance), field="into") from hindrance
        return into.tracking


def pair_of(hall: Hall, db: TenantSession, ticket: Ticket, into: str) -> Pair:
    other = other_of(hall, db, into)
    if other.id == ticket.id:
        raise tickets.IntoItself(field="into")
    stand = standings(db, [ticket.id, other.id])
    goes, stays = (
        Side(each, stand[each.id], len(tickets.reporters(db, each.id)))
        for each in (ticket, other)
    )
    against = escalation.hindered(db, ticket, other)
    return Pair(goes, stays, gettext(str(against)) if against else "")


def other_of(hall: Hall, db: TenantSession, number: str) -> Ticket:
    with suppress(NotFound, tickets.NotATrackingNumber, tickets.Misheard):
        return hall.ticket(db, number)
    raise NoSuchOther(field="into")


def alike(hall: Hall, db: TenantSession, ticket: Ticket) -> Sequence[Candidate]:
    """Open tickets that may be the same, the likeliest first."""
    typed = Typed(
        category=ticket.category,
        place=ticket.place,
        latitude=ticket.latitude,
        longitude=ticket.longitude,
        words=ticket.words,
    )
    town = tenants.current(db).town
    theirs = {each.key for each in town.categories if _sees(hall, each.department)}
    return [
        each
        for each in search(db, typed, at=hall.at)
        if each.id != ticket.id and each.category in theirs
        if each.is_open(at=hall.at)
    ]


def split(hall: Hall, tracking: str, asked: NewPart) -> str:
    """The number of the ticket that was taken out."""
    with hall.town() as db:
        ticket = hall.ticket(db, tracking)
        part = Part(
            client_key=key_of(asked.key),
            category=asked.category,
            place=asked.place,
            words=asked.words,
            reporters=tuple(_ids(asked.asked_by)),
        )
        new = tickets.split(db, ticket.id, part, by=hall.actor, at=hall.at)
        return new.tracking


def _sees(hall: Hall, department: str) -> bool:
    return hall.departments is None or department in hall.departments


def _ids(sent: Sequence[str]) -> Sequence[UUID]:
    found = []
    for each in sent:
        with suppress(ValueError):
            found.append(UUID(each))
    return found
