"""One shift: who is called and at which number, and what has made it so."""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta

from portal.town.rosters import dates
from portal.town.rosters.exceptions import named
from portal.town.rosters.plans import Entry, Kind, entries
from portal.town.rosters.stretches import Stretch, stretches
from tenants.rules import staffed
from tenants.town import Contact, Key, Roster, Town
from townline import localtime

DAY, LONGEST = timedelta(days=1), timedelta(days=400)
KINDS: tuple[Kind, ...] = ("overrides", "absences", "temporary")


@dataclass(frozen=True, slots=True)
class Cause:
    """An entry of the file, under the name by which a page may mean it."""

    kind: Kind
    entry: Entry
    name: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ShiftPage:
    """``since`` and ``until`` are the town's wall times."""

    roster: Roster
    since: datetime
    until: datetime
    stretches: tuple[Stretch, ...]
    called: tuple[Contact, ...]
    causes: tuple[Cause, ...]

    @property
    def is_gap(self) -> bool:
        return any(each.is_gap for each in self.stretches)

    @property
    def times(self) -> Mapping[str, str]:
        """As fields of a form."""
        return {"starts": dates.field(self.since), "ends": dates.field(self.until)}


def shift_page(
    town: Town, roster: Roster, *, since: datetime, until: datetime
) -> ShiftPage:
    zone = town.time_zone
    found = stretches(
        staffed(town, roster),
        zone,
        since=localtime.starts(since, zone),
        until=localtime.ends(until, zone),
    )
    keys = dict.fromkeys(key for each in found for key in each.contacts)
    return ShiftPage(
        roster=roster,
        since=since,
        until=until,
        stretches=found,
        called=tuple(_contacts(town, keys)),
        causes=tuple(causes(roster, since=since, until=until)),
    )


def causes(
    roster: Roster, *, since: datetime, until: datetime | None = None
) -> Iterator[Cause]:
    """What of the roster's exceptions touches a time."""
    for kind in KINDS:
        for entry in entries(roster, kind):
            if entry.ends > since and (until is None or entry.starts < until):
                yield Cause(kind, entry, named(entry))


def asked_times(
    query: Mapping[str, str], *, at: datetime, zone: str
) -> tuple[datetime, datetime]:
    """The wall times of an address; a day from now on where they are none."""
    since = dates.read(query.get("since", ""))
    until = dates.read(query.get("until", ""))
    if since is None or until is None or not DAY * 0 < until - since <= LONGEST:
        now = localtime.wall(at, zone).replace(second=0, microsecond=0)
        return now, now + DAY
    return since, until


def _contacts(town: Town, keys: Mapping[Key, None]) -> Iterator[Contact]:
    for each in town.contacts:
        if each.key in keys:
            yield each
