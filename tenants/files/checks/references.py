"""Names of entries that are not there."""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

from tenants.files.findings import Fault, meant
from tenants.files.places import Path
from tenants.town import Policy, Roster, Town


def references(town: Town) -> Iterator[Fault]:
    book = _Book(
        departments=frozenset(each.key for each in town.departments),
        contacts=frozenset(each.key for each in town.contacts),
        rosters=frozenset(each.key for each in town.rosters),
        categories=frozenset(each.key for each in town.categories),
    )
    for number, contact in enumerate(town.contacts):
        yield from book.unknown(
            "departments", contact.department, ("contacts", number, "department")
        )
    for number, category in enumerate(town.categories):
        yield from book.unknown(
            "departments", category.department, ("categories", number, "department")
        )
    for number, roster in enumerate(town.rosters):
        yield from _of_roster(book, roster, ("rosters", number))
    for number, policy in enumerate(town.policies):
        yield from _of_policy(book, policy, ("policies", number))


def _of_roster(book: _Book, roster: Roster, path: Path) -> Iterator[Fault]:
    for number, member in enumerate(roster.members):
        yield from book.unknown("contacts", member, (*path, "members", number))
    for table in ("overrides", "absences"):
        for number, window in enumerate(getattr(roster, table)):
            place = (*path, table, number, "contact")
            yield from book.unknown("contacts", window.contact, place)


def _of_policy(book: _Book, policy: Policy, path: Path) -> Iterator[Fault]:
    for number, key in enumerate(policy.categories):
        yield from book.unknown("categories", key, (*path, "categories", number))
    for number, key in enumerate(policy.departments):
        yield from book.unknown("departments", key, (*path, "departments", number))
    for number, step in enumerate(policy.steps):
        yield from book.unmeant(step.to, (*path, "steps", number, "to"))
    yield from book.unmeant(policy.last_resort, (*path, "last_resort"))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Book:
    """Every key that can be referred to."""

    departments: frozenset[str]
    contacts: frozenset[str]
    rosters: frozenset[str]
    categories: frozenset[str]

    def unknown(self, table: str, key: str, path: Path) -> Iterator[Fault]:
        known: Collection[str] = getattr(self, table)
        if key not in known:
            remedy = f'Name an entry of {table}: there is no "{key}"{meant(key, known)}'
            yield Fault(path, remedy, needs=(table,))

    def unmeant(self, targets: Iterable[str], path: Path) -> Iterator[Fault]:
        """Targets of a step that name nobody there could be."""
        for number, target in enumerate(targets):
            kind, _, key = target.partition(":")
            if kind in ("roster", "contact") and key:
                yield from self.unknown(f"{kind}s", key, (*path, number))
            elif target != "department":
                remedy = (
                    'Write "roster:KEY", "contact:KEY" or "department" '
                    f'instead of "{target}".'
                )
                yield Fault((*path, number), remedy)
