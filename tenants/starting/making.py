"""The town that a beginning makes: whole, and safe before anybody has refined it."""

from __future__ import annotations

from datetime import datetime, time, timedelta
from math import cos, pi, radians, sin

from msgspec.structs import replace

from tenants.rules.targets import DUTY_DESK
from tenants.starting.beginning import Beginning, OnCall
from tenants.starting.catalogue import in_languages, model
from tenants.starting.keys import keys_of
from tenants.town import (
    WEEKDAYS,
    AnswerPhrase,
    Category,
    Contact,
    Department,
    DutyDesk,
    Line,
    OpenHours,
    Point,
    Policy,
    QuietHours,
    Roster,
    Rung,
    Step,
    Survey,
    Text,
    Town,
)
from townline import localtime

ON_CALL = "on-call"
# A degree of latitude; one of longitude is as long at the equator and shrinks from it.
KM_A_DEGREE = 111.32
# Enough for a circle, until somebody draws the limits on the map.
CORNERS = 16
SMS, VOICE = Rung(channel="sms"), Rung(channel="voice", after=120)
# When people sleep, and what can wait does.
NIGHT = QuietHours(starts=time(22), ends=time(6, 30))
A_DAY = 86_400


def made(it: Beginning, *, at: datetime) -> Town:
    """The first version of a town's rules, for ``files.write`` to put into words."""
    categories = _categories(it)
    contacts = _contacts(it, categories[0].department)
    town = Town(
        format=1,
        slug=it.slug,
        name=it.name,
        monogram=it.prefix[:2],
        prefix=it.prefix,
        color=it.color,
        languages=it.languages,
        time_zone=it.time_zone,
        holidays=it.holidays,
        email=it.email,
        boundary=around(it.centre, it.reach),
        lines=(Line(number=it.line, label=it.name, language=it.languages[0]),),
        hours=(OpenHours(days=it.days, opens=it.opens, closes=it.closes),),
        phrases=tuple(_phrase(each, it) for each in model(it.languages).phrases),
        life_safety=model(it.languages).life_safety,
        departments=_departments(it, categories),
        contacts=contacts,
        duty_desk=DutyDesk(
            name=it.duty_name, phone=it.duty_phone, language=it.languages[0]
        ),
        rosters=(_roster(it, contacts, at=at),),
        policies=_policies(contacts),
        survey=Survey(after_hours=24, percent=50, not_again_days=90),
        categories=categories,
    )
    return in_languages(town, it.languages)


def around(centre: Point, reach: float) -> tuple[Point, ...]:
    """A circle of so many kilometres; the last point is the first again."""
    east, north = centre
    high = reach / KM_A_DEGREE
    wide = high / cos(radians(north))
    corners = [
        (
            round(east + wide * cos(2 * pi * number / CORNERS), 5),
            round(north + high * sin(2 * pi * number / CORNERS), 5),
        )
        for number in range(CORNERS)
    ]
    return (*corners, corners[0])


def _categories(it: Beginning) -> tuple[Category, ...]:
    chosen = set(it.categories)
    every = model(it.languages).categories
    return tuple(each for each in every if each.key in chosen)


def _departments(
    it: Beginning, categories: tuple[Category, ...]
) -> tuple[Department, ...]:
    needed = {each.department for each in categories}
    every = model(it.languages).departments
    return tuple(each for each in every if each.key in needed)


def _phrase(phrase: AnswerPhrase, it: Beginning) -> AnswerPhrase:
    """What the example says first, in this town's own name."""
    return replace(
        phrase,
        agent=_renamed(phrase.agent, it),
        greeting=_renamed(phrase.greeting, it),
    )


def _renamed(words: Text, it: Beginning) -> Text:
    was = model(it.languages).name
    return Text(
        en=words.en.replace(was.en, it.name.en),
        fr=words.fr.replace(was.fr, it.name.fr) if was.fr else words.fr,
    )


def _contacts(it: Beginning, department: str) -> tuple[Contact, ...]:
    keys = keys_of(each.name for each in it.people)
    return tuple(
        _contact(each, key, department, it)
        for each, key in zip(it.people, keys, strict=True)
    )


def _contact(who: OnCall, key: str, department: str, it: Beginning) -> Contact:
    return Contact(
        key=key,
        name=who.name,
        department=department,
        language=it.languages[0],
        mobile=who.mobile,
        email=who.email or None,
    )


def _roster(it: Beginning, contacts: tuple[Contact, ...], *, at: datetime) -> Roster:
    return Roster(
        key=ON_CALL,
        name=Text(en="On call", fr="De garde"),
        anchor=_last_handover(it, at=at),
        days=7,
        members=tuple(each.key for each in contacts),
    )


def _last_handover(it: Beginning, *, at: datetime) -> datetime:
    """The first week has begun already, so that nobody is missing from it."""
    now = localtime.wall(at, it.time_zone)
    ago = (now.weekday() - WEEKDAYS.index(it.handover)) % 7
    begun = datetime.combine(now.date() - timedelta(days=ago), it.handover_at)
    return begun if begun <= now else begun - timedelta(days=7)


def _policies(contacts: tuple[Contact, ...]) -> tuple[Policy, ...]:
    """An emergency rings everybody and then the duty desk; what can wait, waits."""
    first = Step(to=(f"roster:{ON_CALL}",), rungs=(SMS, VOICE), wait=300)
    everybody = tuple(f"contact:{each.key}" for each in contacts)
    second = Step(to=everybody, rungs=(SMS, VOICE), wait=300)
    return (
        Policy(
            key="emergencies",
            name=Text(en="Emergencies and urgent", fr="Urgences et urgent"),
            levels=(1, 2),
            steps=(first, second) if len(contacts) > 1 else (first,),
            rounds=2,
            last_resort=(DUTY_DESK,),
            on_the_way_within=900,
            on_site_within=3600,
        ),
        Policy(
            key="priority",
            name=Text(en="Priority", fr="Prioritaire"),
            levels=(3,),
            steps=(Step(to=(f"roster:{ON_CALL}",), rungs=(SMS,), wait=3600),),
            last_resort=(DUTY_DESK,),
            last_resort_every=3600,
            quiet=NIGHT,
        ),
        Policy(
            key="routine",
            name=Text(en="Routine and information", fr="Courant et information"),
            levels=(4, 5),
            steps=(Step(to=(f"roster:{ON_CALL}",), rungs=(SMS,), wait=A_DAY),),
            last_resort=(DUTY_DESK,),
            last_resort_every=A_DAY,
            quiet=NIGHT,
        ),
    )
