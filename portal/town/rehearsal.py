"""What would happen, asked by the town's own people; and what would go wrong."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import datetime

import escalation
import tenants
from escalation import simulation
from escalation.simulation import SCRIPTS, Scenario, Timeline
from portal.town.aloud import Ladder, ladder
from tenants import Weakness
from tenants.rules.policies import Weighing, weigh_policies
from tenants.town import Town
from townline import localtime
from townline.errors import Invalid
from townline.i18n import gettext
from townline.tenancy import TenantSession


class NoSuchTime(Invalid):
    """Choose a day and a time."""


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """A form as it was filled in; what was left out is what is likeliest."""

    category: str
    level: int
    at: datetime
    script: str

    @classmethod
    def of(cls, town: Town, form: Mapping[str, str], *, at: datetime) -> Asked:
        category = town.category(form.get("category") or town.categories[0].key)
        level = form.get("level", "")
        return cls(
            category=category.key,
            level=int(level) if level in {"1", "2", "3", "4", "5"} else category.level,
            at=_instant(town, form.get("at", ""), at=at),
            script=form.get("script") or "nobody",
        )


@dataclass(frozen=True, slots=True, kw_only=True)
class Rehearsed:
    """What the template calls ``it``."""

    asked: Asked
    written: str  # the asked instant, as a field of the form has it
    timeline: Timeline
    weighing: Weighing
    scripts: Mapping[str, str]


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """A ladder with what was found beside each of its steps, and beside the whole."""

    ladder: Ladder
    steps: tuple[tuple[str, tuple[Weakness, ...]], ...]
    whole: tuple[Weakness, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Checkup:
    """``elsewhere`` is what was found in no ladder: rosters, contacts, categories."""

    ladders: tuple[Checked, ...]
    elsewhere: tuple[Weakness, ...]
    errors: int
    warnings: int


def rehearsed(town: Town, asked: Asked) -> Rehearsed:
    category = town.category(asked.category)
    scenario = Scenario(
        town=town,
        category=category,
        level=asked.level,
        at=asked.at,
        script=simulation.script(asked.script),
    )
    return Rehearsed(
        asked=asked,
        written=localtime.wall(asked.at, town.time_zone).isoformat(timespec="minutes"),
        timeline=simulation.simulate(scenario),
        weighing=weigh_policies(town, category, level=asked.level, at=asked.at),
        scripts={key: scripts()[key] for key in SCRIPTS},
    )


def checkup(db: TenantSession, town: Town, *, at: datetime) -> Checkup:
    """Ninety days of every level and category: a second's work, and done when asked."""
    known = escalation.knowledge(db, at=at)
    found = (
        *tenants.lint(town, at=at, known=known),
        *simulation.capacity(town, at=at),
    )
    errors = sum(1 for each in found if each.severity == "error")
    return Checkup(
        ladders=tuple(_checked(town, policy.key, found) for policy in town.policies),
        elsewhere=tuple(e for e in found if not e.path.startswith("policies ")),
        errors=errors,
        warnings=len(found) - errors,
    )


def _checked(town: Town, key: str, found: Iterable[Weakness]) -> Checked:
    read = ladder(town, next(each for each in town.policies if each.key == key))
    own = [each for each in found if each.path.startswith(f'policies "{key}"')]
    beside = tuple(
        (sentence, tuple(e for e in own if e.path.endswith(f".steps[{number}]")))
        for number, sentence in enumerate(read.steps, 1)
    )
    return Checked(
        ladder=read,
        steps=beside,
        whole=tuple(e for e in own if ".steps[" not in e.path),
    )


def scripts() -> dict[str, str]:
    return {
        "nobody": gettext("Nobody answers"),
        "accepts": gettext("The first person accepts and comes"),
        "never-arrives": gettext("The first person accepts and never arrives"),
        "undelivered": gettext("Texts are not delivered"),
        "sms-down": gettext("The carrier takes no texts"),
        "storm": gettext("40 tickets at once"),
        "clock-change": gettext("The clocks change"),
        "declines": gettext("The first person declines"),
        "everybody-declines": gettext("Everybody declines"),
    }


def _instant(town: Town, written: str, *, at: datetime) -> datetime:
    """Whole minutes, as the form has them."""
    if not written:
        return at.replace(second=0, microsecond=0)
    try:
        wall = datetime.fromisoformat(written).replace(tzinfo=None)
    except ValueError:
        raise NoSuchTime from None
    return localtime.starts(wall, town.time_zone)
