"""One ticket as its town sees it: what is known, what happened, what comes next."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import escalation
import tenants
import tickets
from escalation import Line
from portal.answers import Answered, answers
from portal.town.queries import Standing, standings
from portal.town.rules import PromiseState
from portal.town.story import About, Beat, tell
from portal.town.tickets.evidence import intact
from portal.town.tickets.kin import Kin, kin_of
from tenants.town import Category, Town
from tickets import Assignment, Closure, Note, Photo, Reopening, Reporter, Shown, Ticket
from townline.i18n import language
from townline.proof import LogEntry
from townline.tenancy import TenantSession


@dataclass(frozen=True, slots=True)
class Caller:
    """``confidential`` ones are hidden from crews; the town's people see them."""

    id: UUID
    shown: Shown
    confidential: bool
    anonymous: bool
    joined_at: datetime


@dataclass(frozen=True, slots=True, kw_only=True)
class TicketFile:
    """What the templates call ``it``. ``last`` numbers the newest entry told here."""

    ticket: Ticket
    version: int
    category: Category
    department: str
    beats: tuple[Beat, ...]
    entries: int
    last: int
    intact: bool
    standing: Standing
    promise: PromiseState
    answers: tuple[Answered, ...]
    callers: tuple[Caller, ...]
    notes: Sequence[Note]
    photos: Sequence[Photo]
    closure: Closure | None
    next: tuple[Line, ...]
    kin: Kin
    assignment: Assignment | None

    @property
    def is_open(self) -> bool:
        return self.ticket.closed_at is None


def file_of(db: TenantSession, ticket: Ticket, *, at: datetime) -> TicketFile:
    """Read under the rules the ticket was made under, whatever holds today."""
    rules = tenants.rules_of(db, ticket.version_id)
    town = rules.town
    category = town.category(ticket.category)
    history = tickets.history(db, ticket.id)
    reporters = tickets.reporters(db, ticket.id)
    closure = tickets.closure(db, ticket.id)
    notes = _closing_notes(tickets.reopenings(db, ticket.id), closure)
    standing = standings(db, [ticket.id])[ticket.id]
    return TicketFile(
        ticket=ticket,
        version=rules.number,
        category=category,
        department=town.department(ticket.department).name.in_(language()),
        beats=tell(history, _about(ticket, town, reporters, notes)),
        entries=len(history),
        last=newest(history),
        intact=intact(history),
        standing=standing,
        promise=standing.promise(ticket, at=at, zone=town.time_zone),
        answers=tuple(answers(ticket, category)),
        callers=tuple(_caller(each) for each in reporters),
        notes=tickets.notes(db, ticket.id),
        photos=tickets.photos(db, ticket.id),
        closure=closure,
        next=escalation.happens_next(db, ticket.id, at=at),
        kin=kin_of(db, ticket),
        assignment=tickets.assignment(db, ticket.id),
    )


def newest(history: Sequence[LogEntry]) -> int:
    return max((entry.seq for entry in history), default=0)


def _about(
    ticket: Ticket,
    town: Town,
    reporters: Sequence[Reporter],
    closing_notes: Mapping[datetime, str],
) -> About:
    people: Mapping[str, str] = {
        str(each.id): each.shown_to("town").name or "" for each in reporters
    }
    first = next((e for e in reporters if e.client_key == ticket.client_key), None)
    return About(
        ticket=ticket,
        town=town,
        caller=people[str(first.id)] if first else "",
        closing_notes=closing_notes,
        people=people,
    )


def _closing_notes(
    before: Iterable[Reopening], closure: Closure | None
) -> dict[datetime, str]:
    notes = {each.closed_at: each.closing_note for each in before}
    return notes | ({closure.at: closure.note} if closure else {})


def _caller(reporter: Reporter) -> Caller:
    return Caller(
        reporter.id,
        reporter.shown_to("town"),
        reporter.identity == "confidential",
        reporter.identity == "anonymous",
        reporter.joined_at,
    )
