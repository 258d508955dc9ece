"""What may go wrong, and a town may want to know: nothing here stops publishing."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date, datetime, time, timedelta

from tenants.lint.findings import Weakness, said, step_path
from tenants.lint.horizon import Horizon, Reign
from tenants.lint.knowledge import Knowledge
from tenants.rules.occasions import kinds
from tenants.rules.rosters import gaps, on_call, shifts, staffed
from tenants.rules.special_days import special_day
from tenants.town import Contact, Roster, Text, Town
from townline import localtime

TOO_LONG = timedelta(hours=12)
ENDS_WITHIN = timedelta(days=14)
SILENT_FOR = timedelta(days=60)
DAY, HOUR, SECOND = timedelta(days=1), timedelta(hours=1), timedelta(seconds=1)


def warnings(
    horizon: Horizon, reigns: Iterable[Reign], known: Knowledge
) -> Iterator[Weakness]:
    for roster in horizon.town.rosters:
        manned = staffed(horizon.town, roster)
        yield from _alone(horizon, manned)
        yield from _ends(horizon, manned)
        yield from _overlap(horizon, manned)
    yield from _elsewhere(horizon, known)
    yield from _silent(horizon, known)
    yield from _holidays(horizon, reigns)


def _alone(horizon: Horizon, roster: Roster) -> Iterator[Weakness]:
    """The longest that one person is on call without a pause."""
    zone = horizon.town.time_zone
    stretches = shifts(roster, zone, since=horizon.since, until=horizon.until)
    longest = max(stretches, key=lambda each: each.ends - each.starts, default=None)
    if longest is None or longest.ends - longest.starts <= TOO_LONG:
        return
    hours = (longest.ends - longest.starts) // HOUR
    name = horizon.town.contact(longest.contact).name
    yield _of_roster(
        roster,
        "long-shift",
        en=f"{name} is on call for {hours} hours at a stretch: who sleeps hears less "
        "than two who take turns.",
        fr=f"{name} est de garde {hours} heures d’affilée\u00a0: qui dort entend moins "
        "que deux personnes en alternance.",
    )


def _ends(horizon: Horizon, roster: Roster) -> Iterator[Weakness]:
    holes = gaps(
        roster, horizon.town.time_zone, since=horizon.since, until=horizon.until
    )
    last = holes[-1] if holes else None
    if last is None or last.ends < horizon.until:
        return
    if horizon.since < last.starts < horizon.since + ENDS_WITHIN:
        when = _said(horizon, last.starts)
        yield _of_roster(
            roster,
            "roster-ends",
            en=f"It ends at {when.en}, and nobody follows: add people.",
            fr=f"Elle finit {when.fr}, et personne ne suit\u00a0: ajoutez des gens.",
        )


def _overlap(horizon: Horizon, roster: Roster) -> Iterator[Weakness]:
    """Two are on call while an hour is lived through twice: better two than nobody."""
    zone, town = horizon.town.time_zone, horizon.town
    for change in localtime.changes(zone, since=horizon.since, until=horizon.until):
        before, after = change - HOUR - SECOND, change + HOUR
        usual = len(on_call(roster, zone, at=before))
        starting = shifts(roster, zone, since=before, until=after)
        crowds = [on_call(roster, zone, at=each.starts) for each in starting]
        keys = max(crowds, key=len, default=())
        if len(keys) > max(1, usual):
            names = " & ".join(sorted(town.contact(key).name for key in keys))
            when = _said(horizon, change)
            yield _of_roster(
                roster,
                "clock-change",
                en=f"{names} are both on call while clocks change at {when.en}.",
                fr=f"{names} sont de garde ensemble au changement d’heure, {when.fr}.",
            )


def _elsewhere(horizon: Horizon, known: Knowledge) -> Iterator[Weakness]:
    """On call here and in another town at the same time, by the same telephone."""
    for other in known.elsewhere:
        for roster in horizon.town.rosters:
            for name, at in _twice(horizon, roster, other):
                when = _said(horizon, at)
                yield _of_roster(
                    roster,
                    "two-towns",
                    en=f"{name} is also on call in another town, first at {when.en}.",
                    fr=f"{name} est aussi de garde dans une autre ville, d’abord "
                    f"{when.fr}.",
                )


def _twice(
    horizon: Horizon, roster: Roster, other: Town
) -> Iterator[tuple[str, datetime]]:
    mine = list(_on_duty(horizon, horizon.town, roster))
    told = set()
    for theirs in other.rosters:
        for contact, starts, ends in _on_duty(horizon, other, theirs):
            for person, since, until in mine:
                same = _phones(person) & _phones(contact)
                together = max(starts, since)
                if same and together < min(ends, until) and person.key not in told:
                    told.add(person.key)
                    yield person.name, together


def _on_duty(
    horizon: Horizon, town: Town, roster: Roster
) -> Iterator[tuple[Contact, datetime, datetime]]:
    manned, zone = staffed(town, roster), town.time_zone
    for each in shifts(manned, zone, since=horizon.since, until=horizon.until):
        yield town.contact(each.contact), each.starts, each.ends


def _phones(contact: Contact) -> set[str]:
    return {number for number in (contact.mobile, contact.landline) if number}


def _silent(horizon: Horizon, known: Knowledge) -> Iterator[Weakness]:
    """Numbers from which nothing has come back, and to which nothing has arrived."""
    if known.heard is None:
        return
    since = horizon.since - SILENT_FOR
    for contact in horizon.town.contacts:
        for number in sorted(_phones(contact)):
            if known.heard.get(number, since) <= since:
                says = Text(
                    en=f"Nothing has been heard of {number} for 60 days: ring it once.",
                    fr=f"Aucun signe de {number} depuis 60 jours\u00a0: appelez-le une "
                    "fois.",
                )
                yield Weakness("warning", f'contacts "{contact.key}"', says, "silent")


def _holidays(horizon: Horizon, reigns: Iterable[Reign]) -> Iterator[Weakness]:
    """Grave tickets whose first step asks an office that has a holiday."""
    told = set()
    for day in _special_days(horizon):
        noon = localtime.starts(datetime.combine(day, time(12)), horizon.town.time_zone)
        for reign in reigns:
            place = reign.policy.key, day
            if place in told or not _asks_the_office(reign, noon):
                continue
            told.add(place)
            name = special_day(horizon.town, day) or Text()
            says = Text(
                en=f"On {name.en}, {day}, the first step asks an office that is "
                "closed: add a policy for that day.",
                fr=f"Le {day}, {name.fr}, la première étape demande un bureau "
                "fermé\u00a0: ajoutez une politique pour ce jour.",
            )
            yield Weakness("warning", step_path(reign.policy.key, 1), says, "holiday")


def _special_days(horizon: Horizon) -> Iterator[date]:
    zone = horizon.town.time_zone
    day = localtime.wall(horizon.since, zone).date()
    last = localtime.wall(horizon.until, zone).date()
    while day < last:
        if "holiday" in kinds(horizon.town, day):
            yield day
        day += DAY


def _asks_the_office(reign: Reign, noon: datetime) -> bool:
    steps = reign.policy.steps
    return (
        reign.level <= 2
        and bool(steps)
        and all(target == "department" for target in steps[0].to)
        and any(starts <= noon < ends for starts, ends in reign.cuts)
    )


def _of_roster(roster: Roster, kind: str, *, en: str, fr: str) -> Weakness:
    return Weakness("warning", f'rosters "{roster.key}"', Text(en=en, fr=fr), kind)


def _said(horizon: Horizon, moment: datetime) -> Text:
    return said(horizon.town, moment, at=horizon.since)
