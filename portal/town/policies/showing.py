"""A ladder on its page: what was found beside each step, and a night to try it on."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime, time, timedelta
from itertools import islice, product

from portal.town.aloud import Ladder, ladder, length
from portal.town.checkup import of_policy, of_step
from portal.town.policies import lengths
from portal.town.policies.choices import Choices, choices
from portal.town.policies.reading import legible
from portal.town.policies.typed import Span, Typed, TypedStep, Way, written
from portal.town.policies.ways import each_way
from portal.town.rehearsal import Asked
from tenants import Finding, Weakness, choose_policy, status
from tenants.rules.occasions import unmet
from tenants.town import Category, Policy, Town
from townline import localtime
from townline.errors import NotFound

# A night, a morning, an afternoon and an evening of each of the next two weeks.
HOURS = (time(2), time(10), time(15), time(20))
DAYS, FEW = 14, 6
DAY = timedelta(days=1)


@dataclass(frozen=True, slots=True, kw_only=True)
class StepShown:
    """``ways`` and ``to`` end with an empty one: a place to add another.

    ``each_way`` is what comes of it for each person, where that is left to them.
    """

    number: int
    typed: TypedStep
    weaknesses: tuple[Weakness, ...]
    remedies: tuple[str, ...]
    each_way: str

    @property
    def ways(self) -> tuple[Way, ...]:
        return (*self.typed.ways, Way("", lengths.offset(120)))

    @property
    def to(self) -> tuple[str, ...]:
        return (*self.typed.to, "")


@dataclass(frozen=True, slots=True, kw_only=True)
class PolicyShown:
    """``faults`` stand beside fields; ``remedies`` keep the draft from publishing.

    ``found`` is the linter's, of the whole ladder and of its steps. What has not been
    checked has no errors that anybody knows of.
    """

    key: str
    typed: Typed
    was: str
    found: tuple[Weakness, ...]
    steps: tuple[StepShown, ...]
    remedies: tuple[str, ...]
    ladder: Ladder
    choices: Choices
    is_checked: bool = True
    faults: Mapping[str, str] = field(default_factory=dict)
    notice: str = ""

    @property
    def whole(self) -> tuple[Weakness, ...]:
        """What was found in no single step."""
        return tuple(each for each in self.found if ".steps[" not in each.path)

    @property
    def errors(self) -> int:
        return sum(1 for each in self.found if each.severity == "error")

    @property
    def warnings(self) -> int:
        return len(self.found) - self.errors

    @property
    def waits(self) -> tuple[str, ...]:
        return tuple(map(length, lengths.USUAL_WAITS))

    @property
    def offsets(self) -> tuple[str, ...]:
        return tuple(map(lengths.offset, lengths.USUAL_OFFSETS))

    @property
    def last_resort(self) -> tuple[str, ...]:
        return (*self.typed.last_resort, "")

    @property
    def empty(self) -> Span:
        return Span()


def find(town: Town, key: str) -> Policy:
    """Raise NotFound for a ladder that the town does not have, or has no more."""
    for policy in town.policies:
        if policy.key == key:
            return policy
    raise NotFound


def shown(
    town: Town,
    policy: Policy,
    *,
    was: str,
    found: Iterable[Weakness],
    remarks: Iterable[Finding],
    typed: Typed | None = None,
) -> PolicyShown:
    own = of_policy(found, policy.key)
    typed = typed or written(policy)
    place = f'policies[{town.policies.index(policy) + 1}] "{policy.key}"'
    remedies = [each for each in remarks if each.path.startswith(place)]
    steps = tuple(
        StepShown(
            number=number,
            typed=step,
            weaknesses=of_step(own, number),
            remedies=_said(remedies, f"{place}.steps[{number}]"),
            each_way=each_way(town, policy, legible(step)),
        )
        for number, step in enumerate(typed.steps, 1)
    )
    beside = {remedy for step in steps for remedy in step.remedies}
    return PolicyShown(
        key=policy.key,
        typed=typed,
        was=was,
        found=own,
        steps=steps,
        remedies=tuple(e.remedy for e in remedies if e.remedy not in beside),
        ladder=ladder(town, policy),
        choices=choices(town),
    )


def likely(town: Town, policy: Policy, *, at: datetime) -> Asked:
    """A ticket on which the ladder would be used soon; else the town's first."""
    categories = tuple(_categories(town, policy))
    for instant, category, level in product(
        islice(_fitting(town, policy, at=at), FEW), categories, policy.levels
    ):
        chosen = choose_policy(town, category, level=level, at=instant).policy
        if chosen.key == policy.key:
            return Asked(
                category=category.key, level=level, at=instant, script="nobody"
            )
    return Asked.of(town, {}, at=at)


def _categories(town: Town, policy: Policy) -> Iterator[Category]:
    """What it names; of everything, one of each department, the gravest."""
    if policy.categories or policy.departments:
        yield from (e for e in town.categories if e.key in policy.categories)
        yield from (e for e in town.categories if e.department in policy.departments)
        return
    gravest: dict[str, Category] = {}
    for each in sorted(town.categories, key=lambda each: each.level):
        gravest.setdefault(each.department, each)
    yield from gravest.values()


def _fitting(town: Town, policy: Policy, *, at: datetime) -> Iterator[datetime]:
    """As far as clock and calendar decide."""
    for instant in _instants(town, policy, at=at):
        is_open = status(town, at=instant).state == "open"
        if unmet(town, policy, is_open=is_open, at=instant) is None:
            yield instant


def _instants(town: Town, policy: Policy, *, at: datetime) -> Iterator[datetime]:
    today = localtime.wall(at, town.time_zone).date()
    days = [today + DAY * number for number in range(1, DAYS + 1)]
    for day in (*_own_days(policy, today), *days):
        own = [each.starts for each in policy.times]
        for hour in (*own, *HOURS):
            yield localtime.starts(datetime.combine(day, hour), town.time_zone)


def _own_days(policy: Policy, today: date) -> Iterator[date]:
    """The first of its dates, and the first day of its season, if those are to come."""
    yield from (each.first for each in policy.dates if each.first > today)
    for season in policy.seasons:
        month, day = map(int, season.first.split("-"))
        if day <= 28:
            begins = date(today.year, month, day)
            yield begins if begins > today else begins.replace(year=today.year + 1)


def _said(remarks: Iterable[Finding], place: str) -> tuple[str, ...]:
    return tuple(each.remedy for each in remarks if each.path.startswith(place))
