"""Levels for which nothing says who is told, and levels that would be held back."""

from __future__ import annotations

from collections.abc import Iterator

from tenants.files.findings import Fault
from tenants.files.places import Path
from tenants.rules.policies import candidates
from tenants.town import Town

LEVELS = range(1, 6)
EMERGENCY, INFORMATION = 1, 5
# An example is enough to know what to add; a hundred categories are not.
NAMED = 3


def ladders(town: Town) -> Iterator[Fault]:
    """An agent may set any level on any category, so each pair needs a policy.

    One that holds on some days or at some times only does not count: others fall
    back on the one that always holds.
    """
    yield from _holding_back(town)
    for level in LEVELS:
        for is_open, hours in ((True, "open"), (False, "closed")):
            left_out = [
                f'"{category.key}"'
                for category in town.categories
                if not candidates(town, category, level=level, is_open=is_open)
            ]
            if left_out:
                yield Fault(("policies",), _remedy(left_out, level, hours))


def _holding_back(town: Town) -> Iterator[Fault]:
    for number, policy in enumerate(town.policies):
        path: Path = ("policies", number)
        if policy.quiet is not None and EMERGENCY in policy.levels:
            remedy = "Take level 1 out of levels, or these out: nothing holds level 1."
            yield Fault((*path, "quiet"), remedy, needs=(*path, "levels"))
        if policy.digest and set(policy.levels) != {INFORMATION}:
            remedy = "Keep a digest for policies of level 5 alone: the others wait."
            yield Fault((*path, "digest"), remedy, needs=(*path, "levels"))


def _remedy(left_out: list[str], level: int, hours: str) -> str:
    more = len(left_out) - NAMED
    named = ", ".join(left_out[:NAMED]) + (f" and {more} more" if more > 0 else "")
    return (
        f"Add a policy for level {level} while the town hall is {hours}, on any day: "
        f"none fits {named}."
    )
