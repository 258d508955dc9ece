"""When, in the days ahead, a step would find nobody, or always the same person."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime

from tenants.lint.deadlines import GRAVE
from tenants.lint.findings import (
    Severity,
    Weakness,
    policy_path,
    said,
    step_path,
)
from tenants.lint.horizon import Cut, Horizon, Reign
from tenants.town import Department, Text, Town


def nights(horizon: Horizon, reigns: Iterable[Reign]) -> Iterator[Weakness]:
    """One weakness a step: its first empty stretch, and how many more there are."""
    found: dict[tuple[str, int], tuple[Reign, dict[Cut, None]]] = {}
    for reign in reigns:
        for number, step in enumerate(reign.policy.steps, 1):
            place = reign.policy.key, number
            for hole in _empty(horizon, reign, step.to):
                found.setdefault(place, (reign, {}))[1][hole] = None
    for (_, number), (reign, holes) in found.items():
        yield _deserted(horizon, reign, number, sorted(holes))


def same_person(horizon: Horizon, reigns: Iterable[Reign]) -> Iterator[Weakness]:
    """A ladder whose every step is one and the same person, at some hour."""
    told: set[str] = set()
    for reign in reigns:
        if reign.policy.key in told or len(reign.policy.steps) < 2:
            continue
        for cut in _parts(horizon, reign):
            alone = _only_one(horizon, reign, cut[0])
            if alone:
                told.add(reign.policy.key)
                yield _always(horizon.town, reign, alone, cut=cut, at=horizon.since)
                break


def _only_one(horizon: Horizon, reign: Reign, at: datetime) -> str | None:
    everybody = [
        horizon.called(step.to, reign.group.department, at)
        for step in reign.policy.steps
    ]
    keys = {contact.key for people in everybody for contact in people}
    # A step that is empty is another weakness.
    if len(keys) != 1 or not all(everybody):
        return None
    return everybody[0][0].name


def _parts(horizon: Horizon, reign: Reign) -> Iterator[Cut]:
    for stretch in reign.cuts:
        yield from horizon.cut(stretch)


def _empty(horizon: Horizon, reign: Reign, targets: tuple[str, ...]) -> Iterator[Cut]:
    """The stretches in which none of the targets is anybody, joined."""
    pending: Cut | None = None
    for starts, ends in _parts(horizon, reign):
        if horizon.called(targets, reign.group.department, starts):
            continue
        if pending and pending[1] == starts:
            pending = (pending[0], ends)
        else:
            if pending:
                yield pending
            pending = (starts, ends)
    if pending:
        yield pending


def _deserted(
    horizon: Horizon, reign: Reign, number: int, holes: list[Cut]
) -> Weakness:
    path = step_path(reign.policy.key, number)
    department = horizon.town.department(reign.group.department)
    staff = [c for c in horizon.town.contacts if c.department == department.key]
    if "department" in reign.policy.steps[number - 1].to and not staff:
        return Weakness("error", path, _nobody(department), "nobody")
    says = _nobody_from(horizon.town, holes[0], at=horizon.since)
    if more := len(holes) - 1:
        says = Text(
            en=f"{says.en} And {more} more times.",
            fr=f"{says.fr} Et {more} autres fois.",
        )
    return Weakness("error", path, says, "nobody", during=tuple(holes))


def _nobody_from(town: Town, cut: Cut, *, at: datetime) -> Text:
    since, until = (said(town, moment, at=at) for moment in cut)
    return Text(
        en=f"Nobody is on call from {since.en} until {until.en}.",
        fr=f"Personne n’est de garde entre {since.fr} et {until.fr}.",
    )


def _always(town: Town, reign: Reign, name: str, *, cut: Cut, at: datetime) -> Weakness:
    since = said(town, cut[0], at=at)
    says = Text(
        en=f"Every step is {name} from {since.en} on: let another step ask somebody "
        "else.",
        fr=f"Chaque étape est {name} à partir de {since.fr}\u00a0: qu’une autre étape "
        "demande quelqu’un d’autre.",
    )
    # What is not grave may wait until that person is back.
    severity: Severity = "error" if reign.level in GRAVE else "warning"
    return Weakness(severity, policy_path(reign.policy.key), says, "same-person")


def _nobody(department: Department) -> Text:
    return Text(
        en=f"Nobody would be told: {department.name.in_('en')} has no contacts.",
        fr="Personne ne serait prévenu\u00a0: "
        f"{department.name.in_('fr')} n’a aucun contact.",
    )
