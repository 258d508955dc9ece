"""Which step comes next. Nothing is kept: each page carries what was typed before."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal

from sqlalchemy.orm import Session  # noqa: TID251 - the town is not there yet

import tenants
from portal.desk.starting import answers
from portal.desk.starting.answers import Fault, Typed
from tenants import starting
from townline.i18n import gettext

Step = Literal["town", "hours", "categories", "people", "check"]
STEPS: tuple[Step, ...] = ("town", "hours", "categories", "people", "check")
OWN: Mapping[Step, tuple[str, ...]] = {
    "town": (
        "languages",
        "name_en",
        "name_fr",
        "prefix",
        "color",
        "email",
        "time_zone",
        "holidays",
        "centre",
        "reach",
    ),
    "hours": ("line", "opens", "closes", "days."),
    "categories": ("categories.",),
    "people": (
        *(
            f"{field}_{number}"
            for number in range(1, answers.PEOPLE + 1)
            for field in ("name", "mobile", "email")
        ),
        "handover",
        "handover_at",
        "duty_name",
        "duty_phone",
        "manager_name",
        "manager_email",
    ),
    "check": ("everybody",),
}
USUAL: Mapping[str, str] = {
    "languages": "en",
    "color": "#0b4a8f",
    "reach": "8",
    "opens": "08:30",
    "closes": "16:30",
    "handover": "mon",
    "handover_at": "08:00",
    "everybody": "on",
    **{f"days.{day}": "on" for day in ("mon", "tue", "wed", "thu", "fri")},
}
_CHECKS: Mapping[Step, Callable[[Typed], Iterator[Fault]]] = {
    "town": answers.town_faults,
    "hours": answers.hours_faults,
    "categories": answers.category_faults,
    "people": answers.people_faults,
    "check": lambda _: iter(()),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Start:
    """A step as it is shown: what is typed so far, and what is wrong with it."""

    step: Step
    typed: Typed
    faults: Mapping[str, str]

    @property
    def number(self) -> int:
        return STEPS.index(self.step) + 1

    @property
    def before(self) -> Step | None:
        return STEPS[self.number - 2] if self.number > 1 else None

    @property
    def carried(self) -> Iterator[tuple[str, str]]:
        """What belongs to other steps, and goes along unseen."""
        own = OWN[self.step]
        boxes = tuple(each for each in own if each.endswith("."))
        for name, value in self.typed.items():
            if name not in own and not name.startswith(boxes):
                yield name, value

    def fault(self, field: str) -> str:
        return self.faults.get(field, "")

    def is_ticked(self, field: str) -> bool:
        return field in self.typed


def begun() -> Start:
    return Start(step="town", typed=USUAL, faults={})


def after(session: Session, step: Step, typed: Typed, *, to: Step | None) -> Start:
    """The next step, or the same with its faults; ``to`` is one to go back to.

    On the way to the check every step is looked at again: what was carried could
    have been changed on its way.
    """
    if to is not None and STEPS.index(to) <= STEPS.index(step):
        return Start(step=to, typed=typed, faults={})
    for each in STEPS[: STEPS.index(step) + 1]:
        faults = dict([*_CHECKS[each](typed), *_taken(session, each, typed)])
        if faults:
            return Start(step=each, typed=typed, faults=faults)
    following = STEPS[min(STEPS.index(step) + 1, len(STEPS) - 1)]
    if following == "categories" and not answers.chosen(typed, "categories."):
        typed = {**typed, **_usual_categories(typed)}
    return Start(step=following, typed=typed, faults={})


def _usual_categories(typed: Typed) -> dict[str, str]:
    usual = starting.usual(answers.languages(typed))
    return {f"categories.{key}": "on" for key in usual}


def _taken(session: Session, step: Step, typed: Typed) -> Iterator[Fault]:
    """What another town has already."""
    if step == "town":
        if tenants.look_up(session, answers.slug(typed)):
            field = f"name_{answers.languages(typed)[0]}"
            yield field, gettext("There is a town of this name; write it more fully.")
        letters = answers.prefix(typed)
        if any(each.prefix == letters for each in tenants.all_towns(session)):
            yield "prefix", gettext("Another town's numbers begin like this.")
    if step == "hours" and tenants.find_line(session, answers.phone(typed, "line")):
        yield "line", gettext("This number belongs to another town.")
