"""Who hears of a ticket by a message: its resident at once, and whom it is given to."""

from __future__ import annotations

from datetime import datetime

import notify
import tenants
from notify import Message, Recipient
from tenants.rules import promise
from tenants.town import Town
from tickets.models import Reporter, Ticket
from townline.auth import Colleague
from townline.proof import Actor
from townline.tenancy import TenantSession


def acknowledge(
    db: TenantSession, ticket: Ticket, reporter: Reporter, *, town: Town, at: datetime
) -> None:
    """Promise the message, if they want one; the worker sends it after the commit."""
    by_text = reporter.tell_by == "sms"
    destination = reporter.phone if by_text else reporter.email
    if reporter.tell_by == "none" or destination is None:
        return
    message = Message(
        key=_key(ticket, reporter),
        to=_recipient(reporter),
        channel="sms" if by_text else "email",
        destination=destination,
        purpose="news",
        template="resident_opened",
        subject_id=ticket.id,
        # A resident's receipt never takes the lane of a relay.
        level=5,
        due_at=at,
        context=_context(ticket, town, reporter),
    )
    notify.promise(db, message, at=at)


def tell_assignee(
    db: TenantSession, ticket: Ticket, to: Colleague, *, by: Actor, at: datetime
) -> None:
    """A letter with where and what, and nothing of who asked for it or in what words.

    Given away and back again, they are told again.
    """
    town = tenants.current(db).town
    language = to.language or town.languages[0]
    category = tenants.rules_of(db, ticket.version_id).town.category(ticket.category)
    letter = Message(
        key=f"ticket:{ticket.id}:assigned:{to.account_id}:{at.isoformat()}",
        to=Recipient("town", str(to.account_id), to.name, language),
        channel="email",
        destination=to.email,
        purpose="notice",
        template="assigned",
        subject_id=ticket.id,
        # A colleague's list shows it too: it goes with the day's other letters.
        level=4,
        due_at=at,
        context={
            "tracking": ticket.tracking,
            "category": category.name.in_(language),
            "place": ticket.place,
            "by": by.name,
            "slug": town.slug,
        },
    )
    notify.promise(db, letter, at=at)


def _context(ticket: Ticket, town: Town, reporter: Reporter) -> dict[str, str]:
    """In the language of whoever is told, which may not be the first caller's."""
    language = reporter.language
    category = town.category(ticket.category)
    promised = promise(town, category, at=ticket.opened_at)
    return {
        "tracking": ticket.tracking,
        "promise": reporter.promise or promised.say.in_(language),
        "place": ticket.place,
        "category": category.name.in_(language),
    }


def _recipient(reporter: Reporter) -> Recipient:
    key, name = str(reporter.id), reporter.name or ""
    return Recipient("resident", key, name, reporter.language)


def _key(ticket: Ticket, reporter: Reporter) -> str:
    first = reporter.client_key == ticket.client_key
    return f"ticket:{ticket.id}:opened" + ("" if first else f":{reporter.id}")
