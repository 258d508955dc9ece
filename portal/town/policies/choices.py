"""What can be chosen in a ladder, in the words in which it is then read aloud."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from babel.dates import format_date

from portal.town.aloud import who
from tenants.rules.calendar_words import MONDAY
from tenants.rules.targets import DUTY_DESK
from tenants.town import (
    WEEKDAYS,
    Category,
    Department,
    Policy,
    RungChannel,
    Town,
    Weekday,
)
from townline.i18n import LOCALES, gettext, language, ngettext

CHANNELS: tuple[RungChannel, ...] = ("sms", "voice", "email", "agent", "preferred")
MOST_REPEATS, MOST_ROUNDS, MOST_ACCEPTANCES = 5, 10, 5


@dataclass(frozen=True, slots=True)
class Option:
    value: str
    words: str


@dataclass(frozen=True, slots=True)
class Choices:
    """``people`` are in groups, by the name of each group."""

    people: tuple[tuple[str, tuple[Option, ...]], ...]
    first_way: tuple[Option, ...]
    further_way: tuple[Option, ...]
    repeats: tuple[Option, ...]
    rounds: tuple[Option, ...]
    acceptances: tuple[Option, ...]
    departments: tuple[Option, ...]
    categories: tuple[Option, ...]
    days: tuple[Option, ...]
    hours: tuple[Option, ...]
    calendar: tuple[Option, ...]

    @property
    def targets(self) -> frozenset[str]:
        return frozenset(each.value for _, group in self.people for each in group)


def choices(town: Town) -> Choices:
    return Choices(
        people=tuple(_people(town)),
        first_way=_ways(
            gettext("send a text to"),
            gettext("ring"),
            gettext("send an email to"),
            gettext("have an agent dial"),
            gettext("tell, as each person prefers,"),
        ),
        further_way=_ways(
            gettext("text them"),
            gettext("ring them"),
            gettext("email them"),
            gettext("have an agent dial them"),
            gettext("tell them as each prefers"),
        ),
        repeats=tuple(
            Option(str(each), times(each + 1)) for each in range(MOST_REPEATS + 1)
        ),
        rounds=tuple(Option(str(n), times(n)) for n in range(1, MOST_ROUNDS + 1)),
        acceptances=tuple(
            Option(str(n), _persons(n)) for n in range(1, MOST_ACCEPTANCES + 1)
        ),
        departments=tuple(_named(town.departments)),
        categories=tuple(_named(town.categories)),
        days=tuple(Option(each, _weekday(each)) for each in WEEKDAYS),
        hours=_hours(),
        calendar=_calendar(),
    )


def whom_else(town: Town, policy: Policy) -> str:
    """Somebody whom a ladder does not ask yet, for a step that is added to it."""
    asked = {target for step in policy.steps for target in step.to}
    known = (each.value for _, group in _people(town) for each in group)
    return next((each for each in known if each not in asked), policy.last_resort[0])


def times(number: int) -> str:
    if number == 1:
        return gettext("once")
    return gettext("{number} times").format(number=number)


def _persons(number: int) -> str:
    words = ngettext("One person", "{number} people", number)
    return words.format(number=number)


def _ways(*words: str) -> tuple[Option, ...]:
    return tuple(map(Option, CHANNELS, words))


def _named(entries: Iterable[Department | Category]) -> Iterator[Option]:
    return (Option(each.key, each.name.in_(language())) for each in entries)


def _weekday(day: Weekday) -> str:
    shown = MONDAY.replace(day=1 + WEEKDAYS.index(day))
    return format_date(shown, "EEEE", locale=LOCALES[language()])


def _hours() -> tuple[Option, ...]:
    return (
        Option("any", gettext("at any hour")),
        Option("open", gettext("while the town hall is open")),
        Option("closed", gettext("while the town hall is closed")),
    )


def _calendar() -> tuple[Option, ...]:
    return (
        Option("any", gettext("on any day")),
        Option("workday", gettext("on working days")),
        Option("day-off", gettext("on days when the town hall stays closed")),
        Option("holiday", gettext("on holidays")),
        Option("half-day", gettext("on days with hours of their own")),
        Option("eve", gettext("on the day before a holiday")),
        Option("day-after", gettext("on the day after a holiday")),
    )


def _people(town: Town) -> Iterator[tuple[str, tuple[Option, ...]]]:
    roles = dict.fromkeys(role for each in town.contacts for role in each.roles)
    others = ["department", *([DUTY_DESK] if town.duty_desk else [])]
    groups = (
        (gettext("Whoever is on call"), [f"roster:{e.key}" for e in town.rosters]),
        (gettext("People"), [f"contact:{e.key}" for e in town.contacts]),
        (gettext("Crews"), [f"crew:{e.key}" for e in town.crews]),
        (gettext("Roles"), [f"role:{each}" for each in roles]),
        (gettext("Others"), others),
    )
    for name, targets in groups:
        if targets:
            yield name, tuple(_options(town, targets))


def _options(town: Town, targets: Iterable[str]) -> Iterator[Option]:
    return (Option(each, who(town, each)) for each in targets)
