"""A calendar file becomes overrides: shown first, then taken over event by event."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime

from portal.town.hall import Hall
from portal.town.rosters import dates
from portal.town.rosters.changing import change_roster
from portal.town.rosters.events import Taken, events_of, meant
from portal.town.rosters.exceptions import in_time
from portal.town.rosters.forms import Form, Refused
from portal.town.rosters.people import find
from portal.town.rosters.plans import instead
from tenants.town import Key, Override, Roster, Town
from townline.i18n import gettext, ngettext


@dataclass(frozen=True, slots=True)
class Line:
    """An event as it is shown, and as it was chosen; ``fault`` says why it cannot be.

    Times are those of the form's fields.
    """

    number: int
    summary: str
    starts: str
    ends: str
    contact: Key = ""
    is_taken: bool = True
    fault: str = ""


def shown(town: Town, roster: Roster, body: bytes, *, at: datetime) -> tuple[Line, ...]:
    """Every event; what names nobody of the town's is left out unless one is chosen."""
    handover = roster.anchor.time()
    found = events_of(body, zone=town.time_zone, handover=handover, at=at)
    return tuple(
        _line(number, each, meant(each, town.contacts))
        for number, each in enumerate(found, start=1)
    )


def lines_of(form: Mapping[str, str]) -> tuple[Line, ...]:
    """What was chosen on the page that showed them."""
    numbers = (name.removeprefix("starts.") for name in form if "starts." in name)
    return tuple(
        Line(
            number=int(number),
            summary=form.get(f"summary.{number}", ""),
            starts=form.get(f"starts.{number}", ""),
            ends=form.get(f"ends.{number}", ""),
            contact=form.get(f"contact.{number}", ""),
            is_taken=f"take.{number}" in form,
        )
        for number in sorted((n for n in numbers if n.isdecimal()), key=int)
    )


def take_over(hall: Hall, key: Key, lines: Sequence[Line], form: Form) -> None:
    """All that were ticked, or none: raise Refused with why beside each."""
    taken = [each for each in lines if each.is_taken]
    if not taken:
        raise Refused(form.with_faults({"": gettext("Tick at least one event.")}))
    words = ngettext(
        "%(num)d shift from a calendar file",
        "%(num)d shifts from a calendar file",
        len(taken),
    )

    def plan(town: Town, roster: Roster) -> Roster:
        return _with_all(town, roster, taken, form)

    change_roster(
        hall, key, plan, form=form, reason=lambda _: words % {"num": len(taken)}
    )


def with_faults(lines: Sequence[Line], form: Form) -> tuple[Line, ...]:
    return tuple(
        replace(each, fault=form.fault(f"line.{each.number}")) for each in lines
    )


def _with_all(town: Town, roster: Roster, taken: Sequence[Line], form: Form) -> Roster:
    faults: dict[str, str] = {}
    overrides = dict(_overrides(town, taken, faults))
    for each in overrides.values():
        roster = instead(roster, each)
    for number, each in overrides.items():
        on = in_time(town, roster, each)
        if not any(each.contact in stretch.contacts for stretch in on):
            away = gettext("They are away then, or a later event has their time.")
            faults[f"line.{number}"] = away
    if faults:
        again = gettext("Some of these events cannot be taken over.")
        raise Refused(form.with_faults({"": again, **faults}))
    return roster


def _overrides(
    town: Town, taken: Sequence[Line], faults: dict[str, str]
) -> Iterator[tuple[int, Override]]:
    for each in taken:
        starts, ends = dates.read(each.starts), dates.read(each.ends)
        if find(town, each.contact) is None:
            faults[f"line.{each.number}"] = gettext("Choose somebody.")
        elif starts is None or ends is None or starts >= ends:
            late = gettext("Write an end that is later than the beginning.")
            faults[f"line.{each.number}"] = late
        else:
            yield (
                each.number,
                Override(contact=each.contact, starts=starts, ends=ends),
            )


def _line(number: int, taken: Taken, contact: Key) -> Line:
    return Line(
        number=number,
        summary=taken.summary,
        starts=dates.field(taken.starts),
        ends=dates.field(taken.ends),
        contact=contact,
        is_taken=bool(contact),
    )
