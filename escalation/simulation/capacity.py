"""What a town's texts cost it in a storm: segments, and how long the last one waits."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import datetime, timedelta

from escalation.simulation.rehearsing import simulate
from escalation.simulation.scripts import SCRIPTS, STORM
from escalation.simulation.timeline import Line, Scenario
from tenants import Weakness
from tenants.rules import choose_policy
from tenants.town import Category, Text, Town

# Past this, the last of many emergencies is texted later than the first is rung.
PATIENCE = timedelta(minutes=2)
EMERGENCY = 1


def capacity(town: Town, *, at: datetime) -> tuple[Weakness, ...]:
    """Warnings only: one for each category's text, and one for each policy's storm."""
    return tuple((*_long_texts(town, at=at), *_storms(town, at=at)))


def _long_texts(town: Town, *, at: datetime) -> Iterator[Weakness]:
    for category in town.categories:
        segments = _longest_text(town, category, at=at)
        if segments > 1:
            says = Text(
                en=f"Its text takes {segments} segments, and each is paid for: shorten "
                "its name.",
                fr=f"Son texto prend {segments} segments, et chacun se paie\u00a0: "
                "raccourcissez son nom.",
            )
            path = f'categories "{category.key}"'
            yield Weakness("warning", path, says, "segments")


def _longest_text(town: Town, category: Category, *, at: datetime) -> int:
    """Of the texts of its first step, whose place is as long as a text shows any."""
    scenario = Scenario(
        town=town,
        category=category,
        level=category.level,
        at=at,
        script=SCRIPTS["accepts"],
        place="Corner of Washington Boulevard and 4th",
    )
    lines = simulate(scenario).lines
    return max((line.segments for line in lines), default=0)


def _storms(town: Town, *, at: datetime) -> Iterator[Weakness]:
    told = set()
    for category in town.categories:
        policy = choose_policy(town, category, level=EMERGENCY, at=at).policy
        if policy.key in told:
            continue
        told.add(policy.key)
        scenario = Scenario(town=town, category=category, level=EMERGENCY, at=at)
        storm = replace(scenario, script=SCRIPTS["storm"])
        last = max(simulate(storm).lines, key=_late, default=None)
        if last and _late(last) > PATIENCE:
            yield _swamped(policy.key, last)


def _late(line: Line) -> timedelta:
    return line.leaves_by - line.at if line.leaves_by else timedelta()


def _swamped(policy: str, line: Line) -> Weakness:
    minutes = round(_late(line) / timedelta(minutes=1), 1)
    says = Text(
        en=f"Of {STORM} tickets at once, the last message to {line.name} leaves "
        f"{minutes} minutes late: ask fewer people in one step, or add a sender.",
        fr=f"De {STORM} billets à la fois, le dernier message à {line.name} part avec "
        f"{minutes} minutes de retard\u00a0: demandez moins de gens par étape, ou "
        "ajoutez un numéro.",
    )
    return Weakness("warning", f'policies "{policy}"', says, "storm")
