"""What grave levels may not go without, and may not have; ladders without an end."""

from __future__ import annotations

from collections.abc import Iterator

from tenants.lint.findings import Weakness, policy_path
from tenants.town import Policy, Text

# Somebody who accepts one of these must be on the way within a time that is watched.
GRAVE = (1, 2)


def deadlines(policy: Policy) -> Iterator[Weakness]:
    if 1 in policy.levels:
        yield from _held_back(policy)
    if policy.on_the_way_within is None and set(policy.levels) & set(GRAVE):
        says = Text(
            en="Nobody checks that who accepts sets out: levels 1 and 2 need a time to "
            "be on the way.",
            fr="Personne ne vérifie que celui qui accepte part\u00a0: les niveaux 1 et "
            "2 exigent un délai pour être en route.",
        )
        path = policy_path(policy.key, ".on_the_way_within")
        yield Weakness("error", path, says, "no-deadline")
    if policy.steps and not any(step.wait for step in policy.steps):
        says = Text(
            en="No step waits: the ladder would turn round and round in one instant. "
            "Let a step wait.",
            fr="Aucune étape n’attend\u00a0: l’échelle tournerait en rond en un "
            "instant. Laissez attendre une étape.",
        )
        yield Weakness("error", policy_path(policy.key), says, "endless-loop")


def _held_back(policy: Policy) -> Iterator[Weakness]:
    """What would hold or gather an emergency."""
    if policy.quiet is not None:
        says = Text(
            en="Quiet hours would hold an emergency: take level 1 out, or them.",
            fr="Les heures de repos retiendraient une urgence\u00a0: "
            "retirez le niveau 1, ou les heures.",
        )
        path = policy_path(policy.key, ".quiet")
        yield Weakness("error", path, says, "quiet-emergency")
    if policy.digest:
        says = Text(
            en="A digest would hold an emergency until it is sent: take level 1 out, "
            "or the digest.",
            fr="Un envoi groupé retiendrait une urgence jusqu’à son heure\u00a0: "
            "retirez le niveau 1, ou l’envoi groupé.",
        )
        path = policy_path(policy.key, ".digest")
        yield Weakness("error", path, says, "throttled-emergency")
