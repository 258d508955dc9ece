"""Which escalation policy holds for a ticket, and why that one."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from tenants.rules.opening import status
from tenants.town import Category, Language, Level, Policy, Text, Town

# More specific is higher; hours only decide between policies of one reach.
EVERYTHING, ITS_DEPARTMENT, ITS_CATEGORY = 0, 1, 2


class Chosen(NamedTuple):
    policy: Policy
    why: Text


def choose_policy(
    town: Town, category: Category, *, level: Level, at: datetime
) -> Chosen:
    """The most specific policy that fits; of two equal ones, the file's first.

    There always is one: a file in which a level of a category has none is refused.
    """
    is_open = status(town, at=at).state == "open"
    fitting = candidates(town, category, level=level, is_open=is_open)
    chosen = max(fitting, key=lambda policy: _specificity(policy, category))
    return Chosen(chosen, _why(town, chosen, category, level))


def candidates(
    town: Town, category: Category, *, level: Level, is_open: bool
) -> tuple[Policy, ...]:
    """Every policy that fits a category and level while the town is open, or not."""
    hours = ("any", "open" if is_open else "closed")
    return tuple(
        policy
        for policy in town.policies
        if level in policy.levels
        and policy.hours in hours
        and _reach(policy, category) is not None
    )


def _specificity(policy: Policy, category: Category) -> tuple[int, bool]:
    return _reach(policy, category) or EVERYTHING, policy.hours != "any"


def _reach(policy: Policy, category: Category) -> int | None:
    if category.key in policy.categories:
        return ITS_CATEGORY
    if category.department in policy.departments:
        return ITS_DEPARTMENT
    return None if policy.categories or policy.departments else EVERYTHING


def _why(town: Town, policy: Policy, category: Category, level: Level) -> Text:
    reach = _reach(policy, category) or EVERYTHING
    department = town.department(category.department)
    named = category.name if reach == ITS_CATEGORY else department.name

    def said(language: Language) -> str:
        return _SENTENCE.in_(language).format(
            policy=policy.name.in_(language),
            reach=_REACH[reach].in_(language).format(name=named.in_(language)),
            level=level,
            hours=_HOURS[policy.hours].in_(language),
        )

    return Text(en=said("en"), fr=said("fr"))


_SENTENCE = Text(
    en="“{policy}” applies: it {reach} at level {level}{hours}.",
    fr="«\u00a0{policy}\u00a0» s’applique\u00a0: "
    "elle {reach} au niveau {level}{hours}.",
)
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
    "open": Text(
        en=", while the town hall is open", fr=", pendant les heures d’ouverture"
    ),
    "closed": Text(
        en=", while the town hall is closed", fr=", hors des heures d’ouverture"
    ),
}
