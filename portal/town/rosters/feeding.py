"""Who is on call as a calendar file (RFC 5545), for whatever calendar reads it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta
from hashlib import sha256

from icalendar import Calendar, Event

from portal.town.rosters.people import name_of, names_of, title, titled
from portal.town.rosters.stretches import Stretch, stretches
from tenants.duty import RosterFeed
from tenants.rules import staffed
from tenants.town import Key, Roster, Town
from townline.i18n import gettext, language, speaking

# What has been, for whoever writes down hours; and as far as plans are usually made.
PAST, AHEAD = timedelta(days=31), timedelta(days=183)
# A phone that asks more often than a town changes its rosters asks in vain.
REFRESHED = timedelta(hours=1)


def calendar_of(town: Town, feed: RosterFeed, *, at: datetime) -> bytes:
    """One roster's shifts, its gaps among them; or one contact's of all rosters.

    What the feed names may be gone from the rules: then the calendar is empty.
    """
    with speaking(feed.language):
        calendar = _letterhead(town, feed)
        for roster, stretch in _shown(town, feed, at=at):
            calendar.add_component(_event(town, roster, stretch, at=at))
    return bytes(calendar.to_ical())


def _letterhead(town: Town, feed: RosterFeed) -> Calendar:
    found = Calendar()
    found.add("prodid", "-//Townline//On call//EN")
    found.add("version", "2.0")
    found.add("method", "PUBLISH")
    found.add("x-wr-calname", f"{_called(town, feed)} · {town.name.in_(language())}")
    found.add("x-wr-timezone", town.time_zone)
    found.add("refresh-interval", REFRESHED, parameters={"value": "DURATION"})
    found.add("x-published-ttl", "PT1H")
    return found


def _called(town: Town, feed: RosterFeed) -> str:
    called = name_of if feed.kind == "contact" else titled
    return called(town, feed.key)


def _shown(
    town: Town, feed: RosterFeed, *, at: datetime
) -> Iterator[tuple[Roster, Stretch]]:
    for roster in town.rosters:
        if feed.kind == "contact" or roster.key == feed.key:
            manned, zone = staffed(town, roster), town.time_zone
            found = stretches(manned, zone, since=at - PAST, until=at + AHEAD)
            for each in found:
                if feed.kind == "roster" or feed.key in each.contacts:
                    yield roster, each


def _event(town: Town, roster: Roster, it: Stretch, *, at: datetime) -> Event:
    event = Event()
    event.add("uid", _uid(town, roster.key, it))
    event.add("dtstamp", at)
    event.add("dtstart", it.starts)
    event.add("dtend", it.ends)
    event.add("summary", f"{title(roster)}{gettext(':')} {_who(town, it)}")
    event.add("transp", "TRANSPARENT")
    return event


def _who(town: Town, it: Stretch) -> str:
    if it.is_gap:
        return gettext("nobody")
    who = names_of(town, it.contacts)
    if not it.instead_of:
        return who
    words = gettext("{name} for {other}")
    return words.format(name=who, other=names_of(town, it.instead_of))


def _uid(town: Town, roster: Key, it: Stretch) -> str:
    """The same shift has the same name each time it is read."""
    said = f"{roster}/{it.starts:%Y%m%dT%H%M%SZ}/{','.join(it.contacts)}"
    return f"{sha256(said.encode()).hexdigest()[:32]}@{town.slug}.townline"
