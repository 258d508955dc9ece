"""Somebody stands in, is away, or another schedule is kept for a while."""

from __future__ import annotations

from datetime import datetime, timedelta

from portal.town.hall import Hall
from portal.town.rosters import dates
from portal.town.rosters.changing import change_roster, marked
from portal.town.rosters.forms import Form, Refused, entry_of
from portal.town.rosters.people import name_of, names_of
from portal.town.rosters.plans import Entry, Kind, added, beside, dropped, entries
from portal.town.rosters.stretches import Stretch, stretches
from tenants.drafting import mark
from tenants.rules import staffed
from tenants.town import Absence, Key, Override, Roster, Temporary, Town
from townline import localtime
from townline.i18n import gettext

# Somebody who is put on a shift has it for a day, unless told otherwise.
DAY = timedelta(days=1)


def add(hall: Hall, key: Key, kind: Kind, form: Form) -> None:
    def plan(town: Town, roster: Roster) -> Roster:
        return with_entry(town, roster, entry_of(kind, form, town), form)

    change_roster(
        hall, key, plan, form=form, reason=lambda town: _said(kind, form, town)
    )


def replace(hall: Hall, key: Key, kind: Kind, name: str, form: Form) -> None:
    """The entry with this mark becomes what the form says."""

    def plan(town: Town, roster: Roster) -> Roster:
        before = dropped(roster, marked(tuple(entries(roster, kind)), name))
        return with_entry(town, before, entry_of(kind, form, town), form)

    change_roster(
        hall, key, plan, form=form, reason=lambda town: _said(kind, form, town)
    )


def drop(hall: Hall, key: Key, kind: Kind, name: str, form: Form) -> None:
    def plan(town: Town, roster: Roster) -> Roster:
        return dropped(roster, marked(tuple(entries(roster, kind)), name))

    change_roster(
        hall,
        key,
        plan,
        form=form,
        reason=lambda town: gettext("Taken out of a roster again"),
    )


def form_of(entry: Entry) -> Form:
    """An entry as its form shows it."""
    typed = {"starts": dates.field(entry.starts), "ends": dates.field(entry.ends)}
    match entry:
        case Temporary():
            typed["days"] = str(entry.days)
            typed["anchor"] = dates.field(entry.anchor) if entry.anchor else ""
            for number, key in enumerate(entry.members, start=1):
                typed[f"member.{number}"] = key
        case Override() | Absence():
            typed["contact"] = entry.contact
    return Form(typed)


def blank(roster: Roster, zone: str, *, contact: str, at: datetime) -> Form:
    """For a day from the next hand-over on, if nothing else is known."""
    handover = roster.anchor.time()
    wall = localtime.wall(at, zone)
    starts = datetime.combine(wall.date(), handover)
    if starts < wall:
        starts += DAY
    return Form(
        {
            "contact": contact,
            "starts": dates.field(starts),
            "ends": dates.field(starts + DAY),
            "days": "7",
        }
    )


def sentence(entry: Entry, town: Town) -> str:
    """Who, and what about them; when is said beside it."""
    match entry:
        case Override():
            words = gettext("{name} stands in")
            return words.format(name=name_of(town, entry.contact))
        case Absence():
            return gettext("{name} is away").format(name=name_of(town, entry.contact))
        case Temporary():
            words = gettext("Another schedule: {names}")
            return words.format(names=names_of(town, entry.members))


def alone(roster: Roster, it: Stretch, zone: str) -> Override | None:
    """The one override that a stretch comes of: that is the one a hand can move."""
    if not it.is_override:
        return None
    found = [
        each
        for each in roster.overrides
        if each.contact in it.contacts
        and localtime.starts(each.starts, zone) < it.ends
        and localtime.ends(each.ends, zone) > it.starts
    ]
    return found[0] if len(found) == 1 else None


def named(entry: Entry) -> str:
    return mark(entry)


def in_time(
    town: Town, roster: Roster, entry: Override | Absence | Temporary
) -> tuple[Stretch, ...]:
    """Who is on call in the time of an entry."""
    zone = town.time_zone
    since, until = (
        localtime.starts(entry.starts, zone),
        localtime.ends(entry.ends, zone),
    )
    return stretches(staffed(town, roster), zone, since=since, until=until)


def with_entry(town: Town, roster: Roster, entry: Entry, form: Form) -> Roster:
    if not isinstance(entry, Override):
        return added(roster, entry)
    if form.value("how") == "beside":
        found = in_time(town, roster, entry)
        after = beside(roster, entry, found, zone=town.time_zone)
    else:
        after = added(roster, entry)
    for each in in_time(town, after, entry):
        if entry.contact not in each.contacts:
            away = gettext("They are away in this time; choose somebody else.")
            raise Refused(form.with_faults({"contact": away}))
    return after


def _said(kind: Kind, form: Form, town: Town) -> str:
    return sentence(entry_of(kind, form, town), town)
