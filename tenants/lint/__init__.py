"""What would go wrong with a town's rules, found before the night it does.

Unlike a fault of the file, a weakness does not keep a town from being read: people
fall ill, and rosters run out. ``error`` is somebody who would not be reached.
"""

from __future__ import annotations

from datetime import datetime

from tenants.lint.deadlines import deadlines
from tenants.lint.findings import Weakness
from tenants.lint.nights import nights
from tenants.lint.reach import reach
from tenants.town import Town

__all__ = ["Weakness", "lint"]


def lint(town: Town, *, at: datetime) -> tuple[Weakness, ...]:
    """Every weakness of the policies, now and in the fourteen days after ``at``."""
    return tuple(
        weakness
        for policy in town.policies
        for found in (
            reach(town, policy),
            deadlines(policy),
            nights(town, policy, at=at),
        )
        for weakness in found
    )
