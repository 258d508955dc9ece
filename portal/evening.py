"""What a town would do tonight: its gravest ticket at two in the morning, alone."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, time, timedelta

import tenants
from escalation import Scenario, Timeline, simulate
from escalation.simulation import Line
from tenants import Weakness
from tenants.lint import NOTHING, Knowledge
from tenants.town import Category, Town
from townline import localtime

# When most people sleep.
DEEP_NIGHT = time(2)
# Enough to see a ladder climbed to its last resort; after that it goes round.
MOST_LINES = 40
# A telephone that nobody lifts is what "nobody answers" says already.
UNTOLD = frozenset({"relay.no_answer"})


@dataclass(frozen=True, slots=True, kw_only=True)
class Evening:
    """The linter's verdict, and the first night played with nobody answering."""

    town: Town
    errors: Sequence[Weakness]
    advice: Sequence[Weakness]
    category: Category
    begins: datetime
    night: Timeline

    @property
    def is_green(self) -> bool:
        return not self.errors

    @property
    def shown(self) -> Sequence[Line]:
        """Until the last resort has been told, who is where it begins to go round."""
        end = self.night.last_resort or self.night.lines[-1].at
        told = [e for e in self.night.lines if e.at <= end and e.event not in UNTOLD]
        return told[:MOST_LINES]


def evening_of(town: Town, *, at: datetime, known: Knowledge = NOTHING) -> Evening:
    found = tenants.lint(town, at=at, known=known)
    gravest = min(town.categories, key=lambda each: each.level)
    begins = _tonight(town, at=at)
    night = Scenario(town=town, category=gravest, level=gravest.level, at=begins)
    return Evening(
        town=town,
        errors=[each for each in found if each.severity == "error"],
        advice=[each for each in found if each.severity == "warning"],
        category=gravest,
        begins=begins,
        night=simulate(night),
    )


def _tonight(town: Town, *, at: datetime) -> datetime:
    tomorrow = localtime.wall(at, town.time_zone).date() + timedelta(days=1)
    return localtime.starts(datetime.combine(tomorrow, DEEP_NIGHT), town.time_zone)
