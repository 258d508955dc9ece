"""Why a policy holds or does not, in sentences of both languages."""

from __future__ import annotations

from typing import Literal

from tenants.rules.calendar_words import dates, days, seasons, times
from tenants.rules.occasions import NARROWINGS, Narrowing
from tenants.town import Category, Language, Level, Policy, Text, Town

# How far a policy reaches; more specific is higher.
EVERYTHING, ITS_DEPARTMENT, ITS_CATEGORY = 0, 1, 2

Lack = Literal["level", "reach"] | Narrowing


def applies(
    town: Town, policy: Policy, category: Category, reach: int, *, level: Level
) -> Text:
    return _filled(
        _APPLIES,
        policy=policy.name,
        reach=_reached(town, category, reach),
        level=level,
        when=when(policy),
    )


def does_not_apply(
    town: Town, policy: Policy, category: Category, lack: Lack, *, level: Level
) -> Text:
    match lack:
        case "level":
            because = _filled(_OTHER_LEVELS, level=level)
        case "reach":
            department = town.department(category.department).name
            because = _filled(_ELSEWHERE, category=category.name, department=department)
        case narrowing:
            because = _filled(_ONLY, condition=condition(policy, narrowing))
    return _filled(_DOES_NOT_APPLY, policy=policy.name, because=because)


def reaches_less(
    town: Town, policy: Policy, winner: Policy, category: Category, reach: int
) -> Text:
    because = _reached(town, category, reach)
    return _filled(_GOES_FIRST, policy=policy.name, winner=winner.name, because=because)


def is_outranked(policy: Policy, winner: Policy, by: Narrowing | None) -> Text:
    """``by`` is in what the winner is the more telling; None of two equal ones."""
    because = _IS_FIRST
    if by is not None:
        because = _filled(_ONLY, condition=condition(winner, by))
    return _filled(_GOES_FIRST, policy=policy.name, winner=winner.name, because=because)


def when(policy: Policy) -> Text:
    """``, on holidays, while the town hall is closed``; nothing if it always holds."""
    named = [condition(policy, narrowing) for narrowing in NARROWINGS]
    return Text(
        en="".join(f", {each.en}" for each in named if each.en),
        fr="".join(f", {each.fr}" for each in named if each.fr),
    )


def condition(policy: Policy, narrowing: Narrowing) -> Text:
    match narrowing:
        case "dates":
            return dates(policy.dates)
        case "calendar":
            return _CALENDAR[policy.calendar]
        case "seasons":
            return seasons(policy.seasons)
        case "days":
            return days(policy.days)
        case "times":
            return times(policy.times)
        case "hours":
            return _HOURS[policy.hours]


def _reached(town: Town, category: Category, reach: int) -> Text:
    department = town.department(category.department)
    named = category.name if reach == ITS_CATEGORY else department.name
    return _filled(_REACH[reach], name=named)


def _filled(template: Text, **words: Text | int) -> Text:
    def said(language: Language) -> str:
        spoken = {
            name: each.in_(language) if isinstance(each, Text) else each
            for name, each in words.items()
        }
        # "6:00 a.m." ends a sentence with its own dot.
        return template.in_(language).format(**spoken).replace("..", ".")

    return Text(en=said("en"), fr=said("fr"))


_APPLIES = Text(
    en="“{policy}” applies: it {reach} at level {level}{when}.",
    fr="«\u00a0{policy}\u00a0» s’applique\u00a0: elle {reach} au niveau {level}{when}.",
)
_DOES_NOT_APPLY = Text(
    en="“{policy}” does not apply: it {because}.",
    fr="«\u00a0{policy}\u00a0» ne s’applique pas\u00a0: elle {because}.",
)
_GOES_FIRST = Text(
    en="“{policy}” would apply too, but “{winner}” goes first: it {because}.",
    fr="«\u00a0{policy}\u00a0» s’appliquerait aussi, mais «\u00a0{winner}\u00a0» "
    "passe avant\u00a0: elle {because}.",
)
_OTHER_LEVELS = Text(
    en="is not for level {level}", fr="n’est pas pour le niveau {level}"
)
_ELSEWHERE = Text(
    en="names neither the category “{category}” nor the department “{department}”",
    fr="ne nomme ni la catégorie «\u00a0{category}\u00a0» ni le service "
    "«\u00a0{department}\u00a0»",
)
_ONLY = Text(en="holds only {condition}", fr="ne vaut que {condition}")
_IS_FIRST = Text(en="stands first in the list", fr="est la première de la liste")
_REACH = {
    ITS_CATEGORY: Text(
        en="names the category “{name}”",
        fr="nomme la catégorie «\u00a0{name}\u00a0»",
    ),
    ITS_DEPARTMENT: Text(
        en="names the department “{name}”",
        fr="nomme le service «\u00a0{name}\u00a0»",
    ),
    EVERYTHING: Text(en="covers every category", fr="vaut pour toutes les catégories"),
}
_HOURS = {
    "any": Text(),
    "open": Text(en="while the town hall is open", fr="pendant les heures d’ouverture"),
    "closed": Text(
        en="while the town hall is closed", fr="hors des heures d’ouverture"
    ),
}
_CALENDAR = {
    "any": Text(),
    "workday": Text(en="on working days", fr="les jours ouvrables"),
    "day-off": Text(
        en="on days when the town hall stays closed",
        fr="les jours où la mairie reste fermée",
    ),
    "holiday": Text(en="on holidays", fr="les jours fériés"),
    "half-day": Text(
        en="on days with hours of their own", fr="les jours aux heures particulières"
    ),
    "eve": Text(en="on the day before a holiday", fr="la veille d’un jour férié"),
    "day-after": Text(
        en="on the day after a holiday", fr="le lendemain d’un jour férié"
    ),
}
