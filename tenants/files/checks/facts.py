"""What the world says otherwise: telephone numbers, zones, holidays, ground, time."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from functools import cache
from zoneinfo import available_timezones

import holidays
import phonenumbers

from tenants.files.findings import Fault, meant
from tenants.files.places import Path
from tenants.rules import boundary
from tenants.rules.rotations import Window
from tenants.town import Policy, Town
from townline.i18n import gettext


def facts(town: Town) -> Iterator[Fault]:
    if town.time_zone not in available_timezones():
        near = meant(town.time_zone, sorted(available_timezones()))
        remedy = gettext('Name a time zone, as in "America/Chicago"{meant}')
        yield Fault(("time_zone",), remedy.format(meant=near))
    if town.holidays not in regions():
        near = meant(town.holidays, regions())
        remedy = gettext("Name a region with a calendar{meant}")
        yield Fault(("holidays",), remedy.format(meant=near))
    if reason := boundary.fault(town.boundary):
        remedy = gettext("Draw the boundary as one ring that closes: {reason}.")
        yield Fault(("boundary",), remedy.format(reason=gettext(reason)))
    yield from _phones(town)
    yield from _hours(town)
    for number, roster in enumerate(town.rosters):
        for table in ("overrides", "absences", "temporary"):
            windows = getattr(roster, table)
            yield from _windows(windows, ("rosters", number, table))
    for number, contact in enumerate(town.contacts):
        path: Path = ("contacts", number, "vacations")
        yield from _windows(contact.vacations, path)
    for number, policy in enumerate(town.policies):
        yield from _dates(policy, ("policies", number, "dates"))


@cache
def regions() -> frozenset[str]:
    """Everywhere that has a calendar of public holidays: a country, or its part."""
    countries = holidays.list_supported_countries()
    parts = (f"{code}-{each}" for code, known in countries.items() for each in known)
    return frozenset({*countries, *parts})


def is_telephone(written: str) -> bool:
    """Whether E.164 digits are a number that exists in their country."""
    try:
        parsed = phonenumbers.parse(written)
    except phonenumbers.NumberParseException:
        return False
    return written.startswith("+") and phonenumbers.is_valid_number(parsed)


def _phones(town: Town) -> Iterator[Fault]:
    for number, line in enumerate(town.lines):
        yield from _phone(line.number, ("lines", number, "number"))
    for number, contact in enumerate(town.contacts):
        yield from _phone(contact.mobile, ("contacts", number, "mobile"))
        yield from _phone(contact.landline, ("contacts", number, "landline"))
    if desk := town.duty_desk:
        yield from _phone(desk.phone, ("duty_desk", "phone"))
        yield from _phone(desk.mobile, ("duty_desk", "mobile"))


def _phone(written: str | None, path: Path) -> Iterator[Fault]:
    if written is not None and not is_telephone(written):
        remedy = gettext(
            "Check the digits: {number} is no telephone number of its country."
        )
        yield Fault(path, remedy.format(number=written))


def _hours(town: Town) -> Iterator[Fault]:
    for number, closure in enumerate(town.closures):
        if (closure.opens is None) != (closure.closes is None):
            remedy = gettext(
                "Give both an opening and a closing time, or neither for a whole day "
                "closed."
            )
            yield Fault(("closures", number), remedy)
    if town.hours:
        return
    for number, category in enumerate(town.categories):
        if category.promise.clock == "business":
            remedy = gettext(
                "Count it around the clock, or give the town hall its hours: without "
                "them no business time passes."
            )
            path = ("categories", number, "promise", "clock")
            yield Fault(path, remedy, needs=("hours",))


def _windows(windows: Sequence[Window], path: Path) -> Iterator[Fault]:
    for number, window in enumerate(windows):
        if window.ends <= window.starts:
            remedy = gettext("Let it end after it starts.")
            yield Fault((*path, number, "ends"), remedy)


def _dates(policy: Policy, path: Path) -> Iterator[Fault]:
    for number, span in enumerate(policy.dates):
        if span.last < span.first:
            remedy = gettext("Let it not end before it begins.")
            yield Fault((*path, number, "last"), remedy)
