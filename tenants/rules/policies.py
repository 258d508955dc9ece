"""Which escalation policy holds for a ticket, why that one, and why no other.

Among the policies that fit, the more telling goes first. One that names the category
goes before one that names its department, and that before one that names neither;
then come certain dates, a day of the calendar, a season, weekdays, times of the day,
the town's open or closed hours, in this order; then the file's own order.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import NamedTuple

from tenants.rules import reasons
from tenants.rules.occasions import NARROWINGS, Narrowing, unmet
from tenants.rules.opening import status
from tenants.rules.reasons import EVERYTHING, ITS_CATEGORY, ITS_DEPARTMENT, Lack
from tenants.town import Category, Level, Policy, Text, Town

# A day that comes once a year says more than all days off, or all working days.
CALENDAR_RANKS = {"any": 0, "workday": 1, "day-off": 1}
RARE_DAY = 2


class Chosen(NamedTuple):
    policy: Policy
    why: Text


@dataclass(frozen=True, slots=True)
class Weighing:
    """The policy that holds, and every other of the file with what keeps it out."""

    chosen: Chosen
    others: tuple[Chosen, ...]


def choose_policy(
    town: Town, category: Category, *, level: Level, at: datetime
) -> Chosen:
    """The most specific policy that fits; of two equal ones, the file's first.

    There always is one: a file in which a level of a category has none is refused.
    """
    return _Case.of(town, category, level, at=at).chosen()


def weigh_policies(
    town: Town, category: Category, *, level: Level, at: datetime
) -> Weighing:
    """``choose_policy``, with the reason of every policy that it did not choose."""
    case = _Case.of(town, category, level, at=at)
    chosen = case.chosen()
    others = (each for each in town.policies if each is not chosen.policy)
    return Weighing(
        chosen,
        tuple(Chosen(each, case.why_not(each, chosen.policy)) for each in others),
    )


def candidates(
    town: Town, category: Category, *, level: Level, is_open: bool
) -> tuple[Policy, ...]:
    """What fits a category and level on any day, while the town is open, or not."""
    hours = ("any", "open" if is_open else "closed")
    return tuple(
        policy
        for policy in town.policies
        if level in policy.levels
        and policy.hours in hours
        and _reach(policy, category) is not None
        and not any(_ranks(policy)[:-1])
    )


@dataclass(frozen=True, slots=True)
class _Case:
    """A ticket at an instant, as policies are weighed for it."""

    town: Town
    category: Category
    level: Level
    at: datetime
    is_open: bool

    @classmethod
    def of(cls, town: Town, category: Category, level: Level, *, at: datetime) -> _Case:
        is_open = status(town, at=at).state == "open"
        return cls(town, category, level, at, is_open)

    def chosen(self) -> Chosen:
        fitting = (each for each in self.town.policies if not self._lack(each))
        policy = max(fitting, key=self._specificity)
        words = reasons.applies(
            self.town, policy, self.category, self._reach(policy), level=self.level
        )
        return Chosen(policy, words)

    def why_not(self, policy: Policy, winner: Policy) -> Text:
        if lack := self._lack(policy):
            return reasons.does_not_apply(
                self.town, policy, self.category, lack, level=self.level
            )
        if self._reach(policy) < self._reach(winner):
            return reasons.reaches_less(
                self.town, policy, winner, self.category, self._reach(winner)
            )
        ranks = zip(NARROWINGS, _ranks(winner), _ranks(policy), strict=True)
        more_telling: list[Narrowing] = [
            name for name, winning, own in ranks if winning > own
        ]
        by = more_telling[0] if more_telling else None
        return reasons.is_outranked(policy, winner, by)

    def _lack(self, policy: Policy) -> Lack | None:
        if self.level not in policy.levels:
            return "level"
        if _reach(policy, self.category) is None:
            return "reach"
        return unmet(self.town, policy, is_open=self.is_open, at=self.at)

    def _specificity(self, policy: Policy) -> tuple[int, ...]:
        return self._reach(policy), *_ranks(policy)

    def _reach(self, policy: Policy) -> int:
        return _reach(policy, self.category) or EVERYTHING


def _ranks(policy: Policy) -> tuple[int, ...]:
    """How telling a policy is by each of ``NARROWINGS``; hours are the last."""
    return (
        int(bool(policy.dates)),
        CALENDAR_RANKS.get(policy.calendar, RARE_DAY),
        int(bool(policy.seasons)),
        int(bool(policy.days)),
        int(bool(policy.times)),
        int(policy.hours != "any"),
    )


def _reach(policy: Policy, category: Category) -> int | None:
    if category.key in policy.categories:
        return ITS_CATEGORY
    if category.department in policy.departments:
        return ITS_DEPARTMENT
    return None if policy.categories or policy.departments else EVERYTHING
