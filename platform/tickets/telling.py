"""The word a resident gets at once: a number to keep, and what was promised."""

from __future__ import annotations

from datetime import datetime

import notify
from notify import Message, Recipient
from tenants.rules import promise
from tenants.town import Town
from tickets.models import Reporter, Ticket
from townline.tenancy import TenantSession


def acknowledge(
    db: TenantSession, ticket: Ticket, reporter: Reporter, *, town: Town, at: datetime
) -> None:
    """Promise the message, if they want one; the worker sends it after the commit."""
    by_text = reporter.tell_by == "sms"
    destination = reporter.phone if by_text else reporter.email
    if reporter.tell_by == "none" or destination is None:
        return
    category = town.category(ticket.category)
    promised = promise(town, category, at=ticket.opened_at)
    message = Message(
        key=_key(ticket, reporter),
        to=Recipient(
            "resident", str(reporter.id), reporter.name or "", reporter.language
        ),
        channel="sms" if by_text else "email",
        destination=destination,
        purpose="news",
        template="resident_opened",
        subject_id=ticket.id,
        # A resident's receipt never takes the lane of a relay.
        level=5,
        due_at=at,
        context={
            "tracking": ticket.tracking,
            "promise": promised.say.in_(reporter.language),
            "place": ticket.place,
            "category": category.name.in_(reporter.language),
        },
    )
    notify.promise(db, message, at=at)


def _key(ticket: Ticket, reporter: Reporter) -> str:
    first = reporter.client_key == ticket.client_key
    return f"ticket:{ticket.id}:opened" + ("" if first else f":{reporter.id}")
