"""What is written to the people of a ticket: who asked for it, and who does it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime

import notify
import tenants
import tickets
from surveys.rules import Reach, reach
from tenants.town import Contact, Town
from tickets import Reporter, Ticket
from townline import proof
from townline.tenancy import TenantSession

# No word to a resident ever takes the lane of a relay.
RESIDENTS = 5


def tell_residents(
    db: TenantSession, ticket: Ticket, template: str, *, at: datetime
) -> int:
    """Write ``template`` to every reporter who wants to hear; say to how many."""
    told = 0
    for reporter in tickets.reporters(db, ticket.id):
        if found := reach(reporter.tell_by, phone=reporter.phone, email=reporter.email):
            message = _news(db, ticket, reporter, found, template=template, at=at)
            notify.promise(db, message, at=at)
            record_told(db, ticket, reporter, template=template, via=found, at=at)
            told += 1
    return told


def record_told(
    db: TenantSession,
    ticket: Ticket,
    reporter: Reporter,
    *,
    template: str,
    via: Reach,
    at: datetime,
) -> None:
    """Where they can be reached stays out of a log that nothing can be erased from."""
    proof.record(
        db,
        "resident.told",
        subject=ticket.id,
        at=at,
        news=template,
        channel=via.channel,
        reporter=reporter.id,
    )


def remind(
    db: TenantSession, ticket: Ticket, keys: Sequence[str], *, at: datetime
) -> int:
    """Write to each contact once; say how many can be written to at all."""
    town = tenants.rules_of(db, ticket.version_id).town
    told = 0
    for contact in (each for each in town.contacts if each.key in keys):
        if found := reach("sms", phone=contact.mobile, email=contact.email):
            message = _reminder(ticket, town, contact, found, at=at)
            notify.promise(db, message, at=at)
            told += 1
    return told


def about(ticket: Ticket, town: Town, language: str) -> Mapping[str, str]:
    """What every message says of a ticket, in the reader's language."""
    return {
        "town": town.name.in_(language),
        "tracking": ticket.tracking,
        "category": town.category(ticket.category).name.in_(language),
        "place": ticket.place,
    }


def recipient(reporter: Reporter) -> notify.Recipient:
    return notify.Recipient(
        "resident", str(reporter.id), reporter.name or "", reporter.language
    )


def _news(
    db: TenantSession,
    ticket: Ticket,
    reporter: Reporter,
    found: Reach,
    *,
    template: str,
    at: datetime,
) -> notify.Message:
    town = tenants.rules_of(db, ticket.version_id).town
    return notify.Message(
        key=f"{template}:{ticket.id}:{reporter.id}",
        to=recipient(reporter),
        channel=found.channel,
        destination=found.destination,
        purpose="news",
        template=template,
        subject_id=ticket.id,
        level=RESIDENTS,
        due_at=at,
        context=about(ticket, town, reporter.language),
    )


def _reminder(
    ticket: Ticket, town: Town, contact: Contact, found: Reach, *, at: datetime
) -> notify.Message:
    return notify.Message(
        key=f"reminder:{ticket.id}:{contact.key}",
        to=notify.Recipient("contact", contact.key, contact.name, contact.language),
        channel=found.channel,
        destination=found.destination,
        purpose="reminder",
        template="holder_reminder",
        subject_id=ticket.id,
        level=ticket.level,
        due_at=at,
        context=about(ticket, town, contact.language),
    )
