"""When an open ticket is taken up again, and when a resident may be asked."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Literal

from tenants.town import FollowUps, Survey
from townline import localtime

Kind = Literal["remind_holder", "tell_resident", "call_back"]

# The hours in which American and Canadian law lets a business text or call a home.
MORNING, EVENING = time(8), time(21)
# Emergencies and urgent matters are worth waking somebody for; a pothole is not.
LEAST_URGENT_AT_NIGHT = 2
# A link in a text is opened within days or never; a month forgives a holiday.
INVITATION_LASTS = timedelta(days=30)
# Three tries two hours apart reach both sides of a meal or an errand.
TRIES, BETWEEN_TRIES = 3, timedelta(hours=2)
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True)
class Planned:
    kind: Kind
    due_at: datetime


@dataclass(frozen=True, slots=True)
class Open:
    """What of a ticket decides when it is taken up again."""

    opened_at: datetime
    promised_at: datetime
    level: int
    zone: str


def plan(wishes: FollowUps, ticket: Open) -> tuple[Planned, ...]:
    """What a category's wishes mean for one ticket, in instants."""
    planned = []
    if hours := wishes.remind_holder_after:
        planned.append(Planned("remind_holder", _later(ticket, hours)))
    if hours := wishes.tell_resident_before:
        planned.append(Planned("tell_resident", _news_due(ticket, hours)))
    if hours := wishes.call_back_after:
        planned.append(Planned("call_back", _later(ticket, hours)))
    return tuple(planned)


def invitation_due(closed_at: datetime, survey: Survey, zone: str) -> datetime:
    return daytime_after(closed_at + timedelta(hours=survey.after_hours), zone)


def not_before(at: datetime, survey: Survey) -> datetime:
    """Who was asked after this instant is not asked again."""
    return at - timedelta(days=survey.not_again_days)


def expired(sent_at: datetime, *, at: datetime) -> bool:
    return at >= sent_at + INVITATION_LASTS


def try_again(tries: int, *, at: datetime, zone: str) -> datetime | None:
    """When to call somebody who was not reached, or None when it was tried enough."""
    if tries >= TRIES:
        return None
    return daytime_after(at + BETWEEN_TRIES, zone)


def daytime_after(at: datetime, zone: str) -> datetime:
    """The instant itself by day; by night the next morning."""
    wall = localtime.wall(at, zone)
    if MORNING <= wall.time() < EVENING:
        return at
    day = wall.date() if wall.time() < MORNING else wall.date() + DAY
    return localtime.starts(datetime.combine(day, MORNING), zone)


def daytime_before(at: datetime, zone: str) -> datetime:
    """The instant itself by day; by night the evening before."""
    wall = localtime.wall(at, zone)
    if MORNING <= wall.time() < EVENING:
        return at
    day = wall.date() if wall.time() >= EVENING else wall.date() - DAY
    return localtime.starts(datetime.combine(day, EVENING), zone)


def _later(ticket: Open, hours: float) -> datetime:
    due = ticket.opened_at + timedelta(hours=hours)
    return due if _at_any_hour(ticket) else daytime_after(due, ticket.zone)


def _news_due(ticket: Open, hours: float) -> datetime:
    """Before the promise, and never so early that the ticket has only just opened.

    A lead as long as the promise itself would call every ticket late at once: half of
    the promised time always passes first.
    """
    halfway = ticket.opened_at + (ticket.promised_at - ticket.opened_at) / 2
    due = max(ticket.promised_at - timedelta(hours=hours), halfway)
    if _at_any_hour(ticket):
        return due
    evening = daytime_before(due, ticket.zone)
    return evening if evening >= halfway else daytime_after(due, ticket.zone)


def _at_any_hour(ticket: Open) -> bool:
    return ticket.level <= LEAST_URGENT_AT_NIGHT
