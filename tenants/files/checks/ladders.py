"""Levels for which nothing says who is told, and levels that would be held back."""

from __future__ import annotations

from collections.abc import Iterator

from tenants.files.findings import Fault
from tenants.files.places import Path
from tenants.rules.policies import candidates
from tenants.town import Town
from townline.i18n import gettext

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
        for is_open in (True, False):
            left_out = [
                f'"{category.key}"'
                for category in town.categories
                if not candidates(town, category, level=level, is_open=is_open)
            ]
            if left_out:
                yield Fault(("policies",), _remedy(left_out, level, is_open=is_open))


def _holding_back(town: Town) -> Iterator[Fault]:
    for number, policy in enumerate(town.policies):
        path: Path = ("policies", number)
        if policy.quiet is not None and EMERGENCY in policy.levels:
            remedy = gettext(
                "Take level 1 out of this policy, or these hours: nothing holds "
                "level 1."
            )
            yield Fault((*path, "quiet"), remedy, needs=(*path, "levels"))
        if policy.digest and set(policy.levels) != {INFORMATION}:
            remedy = gettext(
                "Keep a digest for policies of level 5 alone: the others wait."
            )
            yield Fault((*path, "digest"), remedy, needs=(*path, "levels"))


def _remedy(left_out: list[str], level: int, *, is_open: bool) -> str:
    more, named = len(left_out) - NAMED, ", ".join(left_out[:NAMED])
    if more > 0:
        named = gettext("{named} and {number} more").format(named=named, number=more)
    if is_open:
        remedy = gettext(
            "Add a policy for level {level} while the town hall is open, on any day: "
            "none fits {named}."
        )
    else:
        remedy = gettext(
            "Add a policy for level {level} while the town hall is closed, on any day: "
            "none fits {named}."
        )
    return remedy.format(level=level, named=named)
