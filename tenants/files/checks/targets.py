"""Targets of policies that could mean nobody at all."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass

from tenants.files.checks.facts import is_telephone
from tenants.files.findings import Fault, meant, unknown
from tenants.files.places import Path
from tenants.rules.targets import DUTY_DESK
from tenants.town import Town
from townline.i18n import gettext

TABLES = {"roster": "rosters", "contact": "contacts", "crew": "crews"}


def targets(town: Town) -> Iterator[Fault]:
    names = _Names.of(town)
    for number, policy in enumerate(town.policies):
        path: Path = ("policies", number)
        for place, step in enumerate(policy.steps):
            yield from names.unmeant(step.to, (*path, "steps", place, "to"))
        yield from names.unmeant(policy.last_resort, (*path, "last_resort"))


@dataclass(frozen=True, slots=True)
class _Names:
    """The keys that a target of each kind may name."""

    known: Mapping[str, Collection[str]]
    has_duty_desk: bool

    @classmethod
    def of(cls, town: Town) -> _Names:
        known = {
            "roster": {each.key for each in town.rosters},
            "contact": {each.key for each in town.contacts},
            "crew": {each.key for each in town.crews},
            "role": {role for each in town.contacts for role in each.roles},
        }
        return cls(known, town.duty_desk is not None)

    def unmeant(self, targets: Iterable[str], path: Path) -> Iterator[Fault]:
        for number, target in enumerate(targets):
            yield from self._fault(target, (*path, number))

    def _fault(self, target: str, path: Path) -> Iterator[Fault]:
        kind, _, key = target.partition(":")
        if kind in self.known and key:
            if key not in self.known[kind]:
                yield _unknown(kind, key, self.known[kind], path)
        elif kind == "number" and key:
            if not is_telephone(key):
                remedy = gettext("Check the digits: {number} is no telephone number.")
                yield Fault(path, remedy.format(number=key))
        elif target == DUTY_DESK:
            if not self.has_duty_desk:
                remedy = gettext('Say who the duty desk is: "{target}" means it.')
                said = remedy.format(target=DUTY_DESK)
                yield Fault(path, said, needs=("duty_desk",))
        elif target != "department":
            yield Fault(path, _instead_of(target))


def _unknown(kind: str, key: str, known: Collection[str], path: Path) -> Fault:
    if kind == "role":
        remedy = gettext('Give a contact the role "{role}"{meant}')
        said = remedy.format(role=key, meant=meant(key, known))
        return Fault(path, said, needs=("contacts",))
    table = TABLES[kind]
    return Fault(path, unknown(table, key, known), needs=(table,))


def _instead_of(target: str) -> str:
    """How each kind is written is the same in every language."""
    kinds = ("roster:KEY", "contact:KEY", "crew:KEY", "role:KEY", "number:+13125550142")
    written = ", ".join(f'"{each}"' for each in (*kinds, "department"))
    return gettext('Write {kinds} or "{last}" instead of "{target}".').format(
        kinds=written, last=DUTY_DESK, target=target
    )
