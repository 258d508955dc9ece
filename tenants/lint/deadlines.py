"""What grave levels may not go without, and may not have."""

from __future__ import annotations

from collections.abc import Iterator

from tenants.lint.findings import Weakness
from tenants.town import Policy, Text

# Somebody who accepts one of these must be on the way within a time that is watched.
GRAVE = (1, 2)


def deadlines(policy: Policy) -> Iterator[Weakness]:
    path = f'policies "{policy.key}"'
    if 1 in policy.levels and policy.quiet is not None:
        says = Text(
            en="Quiet hours would hold an emergency: take level 1 out, or them.",
            fr="Les heures de repos retiendraient une urgence\u00a0: "
            "retirez le niveau 1, ou les heures.",
        )
        yield Weakness("error", f"{path}.quiet", says)
    if policy.on_the_way_within is None and set(policy.levels) & set(GRAVE):
        says = Text(
            en="Nobody checks that who accepts sets out: levels 1 and 2 need "
            "on_the_way_within.",
            fr="Personne ne vérifie que celui qui accepte part\u00a0: "
            "les niveaux 1 et 2 exigent on_the_way_within.",
        )
        yield Weakness("error", f"{path}.on_the_way_within", says)
