"""What is written to the people of a ticket: who asked for it, and who does it."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
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
    news = News(ticket, template, again=tickets.times_reopened(db, ticket.id))
    return _tell(db, tickets.reporters(db, ticket.id), news, at=at)


def tell_merged(
    db: TenantSession, ticket: Ticket, into: Ticket, *, at: datetime
) -> int:
    """Who went along hears the number under which it goes on."""
    gone = tickets.merging(db, ticket.id)
    moved = set(gone.reporters) if gone else set()
    theirs = [e for e in tickets.reporters(db, into.id) if str(e.id) in moved]
    again = tickets.times_reopened(db, ticket.id)
    news = News(into, "resident_merged", again=again, was=ticket.tracking)
    return _tell(db, theirs, news, at=at)


@dataclass(frozen=True, slots=True)
class News:
    """What residents are told of a ticket; ``again`` is how often it was reopened.

    The same is said once of each closing. ``was`` is the number they had before.
    """

    ticket: Ticket
    template: str
    again: int = field(default=0, kw_only=True)
    was: str = field(default="", kw_only=True)

    def key(self, reporter: Reporter) -> str:
        about = f"{self.template}:{self.ticket.id}:{reporter.id}"
        return ":".join(filter(None, (about, self.was, str(self.again or ""))))

    def context(self, town: Town, reporter: Reporter) -> Mapping[str, str]:
        told = {**about(self.ticket, town, reporter.language), "was": self.was}
        return {**told, "promise": reporter.promise or self.ticket.promise}


def _tell(
    db: TenantSession, reporters: Iterable[Reporter], news: News, *, at: datetime
) -> int:
    told = 0
    for reporter in reporters:
        if found := reach(reporter.tell_by, phone=reporter.phone, email=reporter.email):
            notify.promise(db, _news(db, news, reporter, found, at=at), at=at)
            record_told(
                db, news.ticket, reporter, template=news.template, via=found, at=at
            )
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
    db: TenantSession, news: News, reporter: Reporter, found: Reach, *, at: datetime
) -> notify.Message:
    town = tenants.rules_of(db, news.ticket.version_id).town
    return notify.Message(
        key=news.key(reporter),
        to=recipient(reporter),
        channel=found.channel,
        destination=found.destination,
        purpose="news",
        template=news.template,
        subject_id=news.ticket.id,
        level=RESIDENTS,
        due_at=at,
        context=news.context(town, reporter),
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
