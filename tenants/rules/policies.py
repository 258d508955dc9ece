"""Which escalation policy holds for a ticket, and why that one."""

from __future__ import annotations

from datetime import datetime
from typing import NamedTuple

from tenants.rules.opening import status
from tenants.town import Category, Level, Policy, Text, Town

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
    return Text(
        en=f"“{policy.name.in_('en')}” applies: it {_reach_en(town, policy, category)}"
        f" at level {level}{_HOURS_EN[policy.hours]}.",
        fr=f"« {policy.name.in_('fr')} » s’applique : "
        f"elle {_reach_fr(town, policy, category)}"
        f" au niveau {level}{_HOURS_FR[policy.hours]}.",
    )


def _reach_en(town: Town, policy: Policy, category: Category) -> str:
    match _reach(policy, category):
        case 2:
            return f"names the category “{category.name.in_('en')}”"
        case 1:
            department = town.department(category.department)
            return f"names the department “{department.name.in_('en')}”"
        case _:
            return "covers every category"


def _reach_fr(town: Town, policy: Policy, category: Category) -> str:
    match _reach(policy, category):
        case 2:
            return f"nomme la catégorie « {category.name.in_('fr')} »"
        case 1:
            department = town.department(category.department)
            return f"nomme le service « {department.name.in_('fr')} »"
        case _:
            return "vaut pour toutes les catégories"


_HOURS_EN = {
    "any": "",
    "open": ", while the town hall is open",
    "closed": ", while the town hall is closed",
}
_HOURS_FR = {
    "any": "",
    "open": ", pendant les heures d’ouverture",
    "closed": ", hors des heures d’ouverture",
}
