"""Levels for which nothing says who is told."""

from __future__ import annotations

from collections.abc import Iterator

from tenants.files.findings import Fault
from tenants.rules.policies import candidates
from tenants.town import Town

LEVELS = range(1, 6)
# An example is enough to know what to add; a hundred categories are not.
NAMED = 3


def ladders(town: Town) -> Iterator[Fault]:
    """An agent may set any level on any category, so each pair needs a policy."""
    for level in LEVELS:
        for is_open, hours in ((True, "open"), (False, "closed")):
            left_out = [
                f'"{category.key}"'
                for category in town.categories
                if not candidates(town, category, level=level, is_open=is_open)
            ]
            if left_out:
                yield Fault(("policies",), _remedy(left_out, level, hours))


def _remedy(left_out: list[str], level: int, hours: str) -> str:
    more = len(left_out) - NAMED
    named = ", ".join(left_out[:NAMED]) + (f" and {more} more" if more > 0 else "")
    return (
        f"Add a policy for level {level} while the town hall is {hours}: "
        f"none fits {named}."
    )
