"""Two tickets turn out to be one: the relay of one ends, and the other's goes on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

import notify
import tenants
import tickets
from escalation.deciding import name_of
from escalation.queries import live_run
from escalation.rules.merging import Side, hindrance, spared
from notify import Message, Recipient
from tenants.rules import is_known, person
from tenants.town import Contact, Town
from tickets import Ticket
from townline.errors import Conflict
from townline.proof import Actor
from townline.tenancy import TenantSession


class GraverThanIt(Conflict):
    """The other must be as grave: merge it into this one, or raise its level first."""


class HeldByACrew(Conflict):
    """A crew has this one and nobody has the other: merge the other into this one."""


def merge(
    db: TenantSession, ticket_id: UUID, into_id: UUID, *, by: Actor, at: datetime
) -> Ticket:
    """``ticket`` goes on as ``into``, which is returned.

    Tickets are locked first and then their runs: an answer comes before all of this,
    and then it counts, or after all of it, and is told that its ticket is closed.
    """
    ticket, into = tickets.both(db, ticket_id, into_id)
    sides = {
        each.id: _side(db, each, lock=True) for each in sorted((ticket, into), key=_id)
    }
    ends, stays = sides[ticket.id], sides[into.id]
    if against := _against(ends, stays):
        raise against
    tickets.merge(db, ticket.id, into.id, by=by, at=at)
    for message in _spare(db, ticket, into, ends, stays, at=at):
        notify.promise(db, message, at=at)
    return into


def hindered(db: TenantSession, ticket: Ticket, into: Ticket) -> Conflict | None:
    """Why ``merge`` would refuse it as things stand, for a page that shows both."""
    if into.closed_at:
        return tickets.IntoClosed()
    return _against(_side(db, ticket), _side(db, into))


def _against(ends: Side, stays: Side) -> Conflict | None:
    match hindrance(ends, stays):
        case "graver":
            return GraverThanIt()
        case "held":
            return HeldByACrew()
        case _:
            return None


def _id(ticket: Ticket) -> UUID:
    return ticket.id


def _side(db: TenantSession, ticket: Ticket, *, lock: bool = False) -> Side:
    """With ``lock`` the run's row is held from here on: nobody accepts it meanwhile."""
    run = live_run(db, ticket.id, lock=lock)
    has = run is not None and run.state == "accepted"
    return Side(ticket.level, tuple(run.holders) if run and has else ())


def _spare(
    db: TenantSession,
    ticket: Ticket,
    into: Ticket,
    ends: Side,
    stays: Side,
    *,
    at: datetime,
) -> Iterator[Message]:
    """Whoever was on the way to the one that ended hears who has it."""
    town = tenants.current(db).town
    holder = " & ".join(name_of(town, key) for key in stays.holders)
    for key in spared(ends, stays):
        if is_known(town, f"contact:{key}"):
            contact = person(town, key)
            about = _about(ticket, into, town, language=contact.language)
            yield from _to(contact, {**about, "holder": holder}, into, at=at)


def _about(
    ticket: Ticket, into: Ticket, town: Town, *, language: str
) -> dict[str, str]:
    known = {each.key: each.name.in_(language) for each in town.categories}
    return {
        "tracking": into.tracking,
        "was": ticket.tracking,
        "category": known.get(into.category, into.category),
        "place": into.place,
    }


def _to(
    contact: Contact, context: dict[str, str], into: Ticket, *, at: datetime
) -> Iterator[Message]:
    """By text, or by letter to whoever has no mobile phone."""
    ways = (("sms", contact.mobile), ("email", contact.email))
    open_ways = [(by, to) for by, to in ways if to and to not in contact.unverified]
    for by, destination in open_ways[:1]:
        yield Message(
            key=f"merged:{context['was']}:{into.id}:{contact.key}",
            to=Recipient("contact", contact.key, contact.name, contact.language),
            channel="sms" if by == "sms" else "email",
            destination=destination,
            purpose="reminder",
            template="relay_merged",
            subject_id=into.id,
            level=into.level,
            due_at=at,
            context=context,
        )
