"""What the world says otherwise: telephone numbers, zones, holidays, ground, time."""

from __future__ import annotations

from collections.abc import Iterator
from functools import cache
from zoneinfo import available_timezones

import holidays
import phonenumbers

from tenants.files.findings import Fault, meant
from tenants.files.places import Path
from tenants.rules import boundary
from tenants.town import Roster, Town


def facts(town: Town) -> Iterator[Fault]:
    if town.time_zone not in available_timezones():
        near = meant(town.time_zone, sorted(available_timezones()))
        remedy = f'Name a time zone, as in "America/Chicago"{near}'
        yield Fault(("time_zone",), remedy)
    if town.holidays not in _regions():
        remedy = f"Name a region with a calendar{meant(town.holidays, _regions())}"
        yield Fault(("holidays",), remedy)
    if reason := boundary.fault(town.boundary):
        remedy = f"Draw the boundary as one ring that closes: {reason}."
        yield Fault(("boundary",), remedy)
    yield from _phones(town)
    yield from _hours(town)
    for number, roster in enumerate(town.rosters):
        yield from _windows(roster, ("rosters", number))


def _phones(town: Town) -> Iterator[Fault]:
    for number, line in enumerate(town.lines):
        yield from _phone(line.number, ("lines", number, "number"))
    for number, contact in enumerate(town.contacts):
        yield from _phone(contact.mobile, ("contacts", number, "mobile"))
        yield from _phone(contact.landline, ("contacts", number, "landline"))


def _phone(written: str | None, path: Path) -> Iterator[Fault]:
    if written is None:
        return
    try:
        is_valid = phonenumbers.is_valid_number(phonenumbers.parse(written))
    except phonenumbers.NumberParseException:
        is_valid = False
    if not is_valid:
        remedy = f"Check the digits: {written} is no telephone number of its country."
        yield Fault(path, remedy)


def _hours(town: Town) -> Iterator[Fault]:
    for number, closure in enumerate(town.closures):
        if (closure.opens is None) != (closure.closes is None):
            remedy = "Give both opens and closes, or neither for a whole day closed."
            yield Fault(("closures", number), remedy)
    if town.hours:
        return
    for number, category in enumerate(town.categories):
        if category.promise.clock == "business":
            remedy = 'Write "elapsed": without [[hours]] no business time passes.'
            path = ("categories", number, "promise", "clock")
            yield Fault(path, remedy, needs=("hours",))


def _windows(roster: Roster, path: Path) -> Iterator[Fault]:
    for table in ("overrides", "absences"):
        for number, window in enumerate(getattr(roster, table)):
            if window.ends <= window.starts:
                remedy = "Let it end after it starts."
                yield Fault((*path, table, number, "ends"), remedy)


@cache
def _regions() -> frozenset[str]:
    countries = holidays.list_supported_countries()
    parts = (f"{code}-{each}" for code, known in countries.items() for each in known)
    return frozenset({*countries, *parts})
