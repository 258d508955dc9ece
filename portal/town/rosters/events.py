"""What another calendar's file (RFC 5545) says, as times of the town's own clock."""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from itertools import islice
from unicodedata import combining, normalize

from dateutil.rrule import rrulestr  # type: ignore[import-untyped]  # it has none
from icalendar import Calendar, Event

from tenants.town import Contact, Key
from townline import localtime
from townline.errors import Invalid

DAY, YEAR = timedelta(days=1), timedelta(days=366)
# A year of days; a town that plans more often than daily has several rosters.
MOST = 400
# Of an endless rule's occurrences no more than these are looked at.
LOOKED_AT = 4_000
_BY_DAYS = re.compile(r"FREQ=(DAILY|WEEKLY|MONTHLY|YEARLY)\b")
# A calendar of years is a few hundred kilobytes.
LARGEST = 2_000_000


class NotACalendar(Invalid):
    """This is not a calendar file; export one whose name ends in .ics."""


class TooManyEvents(Invalid):
    """This calendar has too many events; export a shorter time."""


@dataclass(frozen=True, slots=True)
class Taken:
    """One event: ``starts`` and ``ends`` are the town's wall times.

    ``about`` is what it says of people, for looking them up.
    """

    summary: str
    starts: datetime
    ends: datetime
    about: str


def events_of(
    body: bytes, *, zone: str, handover: time, at: datetime
) -> tuple[Taken, ...]:
    """What is not over yet and begins within a year, the first first.

    Whole days begin and end at ``handover``, as shifts do. Raise NotACalendar or
    TooManyEvents.
    """
    if len(body) > LARGEST:
        raise TooManyEvents(field="file")
    since, until = (localtime.wall(each, zone) for each in (at, at + YEAR))
    found = [
        each
        for each in _all(_events(body), zone=zone, handover=handover)
        if each.ends > since and each.starts < until and each.starts < each.ends
    ]
    if len(found) > MOST:
        raise TooManyEvents(field="file")
    return tuple(sorted(found, key=lambda each: (each.starts, each.summary)))


def meant(taken: Taken, people: Iterable[Contact]) -> Key:
    """Whose event it is, if it names exactly one person of the town's."""
    about = _plain(taken.about)
    named = [
        each.key
        for each in people
        if _plain(each.name) in about or (each.email and each.email.lower() in about)
    ]
    return named[0] if len(named) == 1 else ""


def _events(body: bytes) -> list[Event]:
    try:
        calendars = Calendar.from_ical(body.decode("utf-8-sig"), multiple=True)
        found = [event for each in calendars for event in each.walk("VEVENT")]
    except (ValueError, IndexError, KeyError) as error:
        raise NotACalendar(field="file") from error
    return [event for event in found if isinstance(event, Event)]


def _all(events: list[Event], *, zone: str, handover: time) -> Iterator[Taken]:
    """Each occurrence by itself; one that was changed alone stands for its own."""
    moved = {
        (str(each.get("uid")), each.decoded("recurrence-id"))
        for each in events
        if "recurrence-id" in each
    }
    for event in events:
        if str(event.get("status", "")).upper() == "CANCELLED":
            continue
        for starts, ends in _occurrences(event):
            is_moved = (str(event.get("uid")), starts) in moved
            if "recurrence-id" in event or not is_moved:
                yield Taken(
                    str(event.get("summary", "")).strip(),
                    _wall(starts, zone=zone, handover=handover),
                    _wall(ends, zone=zone, handover=handover),
                    _about(event),
                )


def _occurrences(event: Event) -> Iterator[tuple[date, date]]:
    try:
        starts, ends = event.start, event.end
        rules = [] if "recurrence-id" in event else event.rrules
        if not rules:
            yield starts, ends
        for rule in rules[:1]:
            for each in _repeated(starts, rule.to_ical().decode()):
                if each not in event.exdates:
                    yield each, each + event.duration
    except (ValueError, AttributeError, TypeError) as error:
        raise NotACalendar(field="file") from error


def _repeated(starts: date, rule: str) -> Iterator[date]:
    """Nobody is on call by the hour; a rule of seconds would never end."""
    if not _BY_DAYS.search(rule):
        raise ValueError(rule)
    is_whole = not isinstance(starts, datetime)
    first = datetime.combine(starts, time()) if is_whole else starts
    for each in islice(rrulestr(rule, dtstart=first), LOOKED_AT):
        yield each.date() if is_whole else each


def _wall(it: date, *, zone: str, handover: time) -> datetime:
    if not isinstance(it, datetime):
        return datetime.combine(it, handover)
    return localtime.wall(it, zone) if it.tzinfo else it


def _about(event: Event) -> str:
    attendees = event.get("attendee", [])
    listed = attendees if isinstance(attendees, list) else [attendees]
    return " ".join(str(each) for each in [event.get("summary", ""), *listed])


def _plain(words: str) -> str:
    """Without accents or capitals: calendars are typed in a hurry."""
    parts = normalize("NFKD", words.casefold())
    return "".join(each for each in parts if not combining(each))
