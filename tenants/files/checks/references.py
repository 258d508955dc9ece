"""Names of entries that are not there."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass

from tenants.files.findings import Fault, unknown
from tenants.files.places import Path
from tenants.town import Crew, Policy, Roster, Town


def references(town: Town) -> Iterator[Fault]:
    book = _Book(
        departments=frozenset(each.key for each in town.departments),
        contacts=frozenset(each.key for each in town.contacts),
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
    for number, crew in enumerate(town.crews):
        yield from _of_crew(book, crew, ("crews", number))
    for number, roster in enumerate(town.rosters):
        yield from _of_roster(book, roster, ("rosters", number))
    for number, policy in enumerate(town.policies):
        yield from _of_policy(book, policy, ("policies", number))
    yield from _of_words(book, town)


def _of_crew(book: _Book, crew: Crew, path: Path) -> Iterator[Fault]:
    yield from book.unknown("departments", crew.department, (*path, "department"))
    for number, member in enumerate(crew.members):
        yield from book.unknown("contacts", member, (*path, "members", number))


def _of_roster(book: _Book, roster: Roster, path: Path) -> Iterator[Fault]:
    for number, member in enumerate(roster.members):
        yield from book.unknown("contacts", member, (*path, "members", number))
    for number, schedule in enumerate(roster.temporary):
        for place, member in enumerate(schedule.members):
            where: Path = (*path, "temporary", number, "members", place)
            yield from book.unknown("contacts", member, where)
    for table in ("overrides", "absences"):
        for number, window in enumerate(getattr(roster, table)):
            where = (*path, table, number, "contact")
            yield from book.unknown("contacts", window.contact, where)


def _of_words(book: _Book, town: Town) -> Iterator[Fault]:
    for table in ("articles", "instructions"):
        for number, entry in enumerate(getattr(town, table)):
            for place, key in enumerate(entry.categories):
                where: Path = (table, number, "categories", place)
                yield from book.unknown("categories", key, where)


def _of_policy(book: _Book, policy: Policy, path: Path) -> Iterator[Fault]:
    for number, key in enumerate(policy.categories):
        yield from book.unknown("categories", key, (*path, "categories", number))
    for number, key in enumerate(policy.departments):
        yield from book.unknown("departments", key, (*path, "departments", number))


@dataclass(frozen=True, slots=True, kw_only=True)
class _Book:
    """Every key that can be referred to."""

    departments: frozenset[str]
    contacts: frozenset[str]
    categories: frozenset[str]

    def unknown(self, table: str, key: str, path: Path) -> Iterator[Fault]:
        known: Collection[str] = getattr(self, table)
        if key not in known:
            remedy = unknown(table, key, known)
            yield Fault(path, remedy, needs=(table,))
