"""The people of rosters by name, and whose roster it is to change.

What is being prepared may name somebody who is no longer there: their key is shown.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator

from tenants.town import Contact, Key, Roster, Text, Town
from townline import words
from townline.i18n import language


def find(town: Town, key: Key) -> Contact | None:
    return next((each for each in town.contacts if each.key == key), None)


def name_of(town: Town, key: Key) -> str:
    contact = find(town, key)
    return contact.name if contact else key


def names_of(town: Town, keys: Iterable[Key]) -> str:
    return ", ".join(name_of(town, key) for key in keys)


def title(roster: Roster) -> str:
    return named(roster.name, roster.key)


def named(name: Text, key: Key) -> str:
    return name.in_(language()) or key


def reached_at(contact: Contact) -> str:
    """The first number that would be called, or else the address."""
    number = contact.mobile or contact.landline
    return words.phone(number) if number else contact.email or ""


def everybody(roster: Roster) -> tuple[Key, ...]:
    """Whoever is ever on it, members first."""

    def all_of_them() -> Iterator[Key]:
        yield from roster.members
        for schedule in roster.temporary:
            yield from schedule.members
        yield from (each.contact for each in roster.overrides)

    return tuple(dict.fromkeys(all_of_them()))


def has_account(contact: Contact, email: str) -> bool:
    return bool(contact.email) and (contact.email or "").lower() == email.lower()


def is_theirs(town: Town, roster: Roster, departments: frozenset[str] | None) -> bool:
    """Whose departments are some changes the rosters on which their people are."""
    if departments is None:
        return True
    members = (find(town, key) for key in everybody(roster))
    return any(each and each.department in departments for each in members)


def titled(town: Town, key: Key) -> str:
    """A roster's name by its key."""
    return next((title(each) for each in town.rosters if each.key == key), key)


def rostered(town: Town) -> tuple[Contact, ...]:
    """Whoever is on some roster, by name."""
    keys = {key for roster in town.rosters for key in everybody(roster)}
    return _by_name(each for each in town.contacts if each.key in keys)


def others(town: Town) -> tuple[Contact, ...]:
    """Whoever is on none, and could still stand in."""
    known = {each.key for each in rostered(town)}
    return _by_name(each for each in town.contacts if each.key not in known)


def _by_name(people: Iterable[Contact]) -> tuple[Contact, ...]:
    return tuple(sorted(people, key=lambda each: each.name))
