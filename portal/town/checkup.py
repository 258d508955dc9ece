"""What would go wrong with the rules: beside each step of a ladder, and elsewhere."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import escalation
import tenants
from escalation import simulation
from portal.town.aloud import Ladder, ladder
from tenants import Weakness
from tenants.town import Policy, Town
from townline.tenancy import TenantSession


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


def checkup(db: TenantSession, town: Town, *, at: datetime) -> Checkup:
    """Ninety days of every level and category: a second's work, and done when asked."""
    found = (*weaknesses(db, town, at=at), *simulation.capacity(town, at=at))
    errors = sum(1 for each in found if each.severity == "error")
    return Checkup(
        ladders=tuple(_checked(town, policy, found) for policy in town.policies),
        elsewhere=tuple(e for e in found if not e.path.startswith("policies ")),
        errors=errors,
        warnings=len(found) - errors,
    )


def weaknesses(db: TenantSession, town: Town, *, at: datetime) -> tuple[Weakness, ...]:
    """What the linter finds, with what the database knows of the town's people."""
    return tenants.lint(town, at=at, known=escalation.knowledge(db, at=at))


def of_policy(found: Iterable[Weakness], key: str) -> tuple[Weakness, ...]:
    return tuple(each for each in found if each.path.startswith(f'policies "{key}"'))


def of_step(found: Iterable[Weakness], number: int) -> tuple[Weakness, ...]:
    """Of one policy's; steps are counted from 1, as people count."""
    return tuple(each for each in found if each.path.endswith(f".steps[{number}]"))


def _checked(town: Town, policy: Policy, found: Iterable[Weakness]) -> Checked:
    read, own = ladder(town, policy), of_policy(found, policy.key)
    return Checked(
        ladder=read,
        steps=tuple(
            (sentence, of_step(own, number))
            for number, sentence in enumerate(read.steps, 1)
        ),
        whole=tuple(e for e in own if ".steps[" not in e.path),
    )
