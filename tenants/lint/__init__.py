"""What would go wrong with a town's rules, found before the night it does.

Unlike a fault of the file, a weakness does not keep a town from being read: people
fall ill, and rosters run out. An ``error`` is somebody who would not be reached, and
stops publishing; a ``warning`` is what may go wrong.

``horizon`` cuts the days ahead where an answer may change, so that every level of
every category is looked at in every hour of them; the others ask.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from tenants.lint.carriers import carriers
from tenants.lint.deadlines import deadlines
from tenants.lint.findings import Severity, Weakness
from tenants.lint.horizon import AHEAD, Horizon
from tenants.lint.knowledge import NOTHING, Knowledge
from tenants.lint.nights import nights, same_person
from tenants.lint.reach import reach
from tenants.lint.waits import waits
from tenants.lint.warnings import warnings
from tenants.town import Town

__all__ = ["AHEAD", "NOTHING", "Knowledge", "Severity", "Weakness", "lint"]


def lint(
    town: Town,
    *,
    at: datetime,
    ahead: timedelta = AHEAD,
    known: Knowledge = NOTHING,
) -> tuple[Weakness, ...]:
    """Every weakness, policy by policy, now and in the days after ``at``."""
    horizon = Horizon.of(town, at=at, ahead=ahead)
    reigns = horizon.reigns()
    by_policy = [
        weakness
        for policy in town.policies
        for found in (reach(town, policy, known), deadlines(policy))
        for weakness in found
    ]
    found = (
        *by_policy,
        *nights(horizon, reigns),
        *same_person(horizon, reigns),
        *waits(horizon, reigns, known),
        *carriers(town),
        *warnings(horizon, reigns, known),
    )
    return tuple(dict.fromkeys(found))
