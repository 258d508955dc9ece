"""What towns are really asked for, to choose from: the categories of the examples.

Their protocols, promises and synonyms come with them, in the languages of the town.
"""

from __future__ import annotations

from collections.abc import Collection
from functools import cache
from typing import TypeVar

from msgspec import Struct
from msgspec.structs import fields, replace

from tenants import examples, files
from tenants.town import Category, Department, Language, Text, Town

# Who speaks English only is offered the words of a town that does.
ENGLISH, BILINGUAL = "riverton", "sainte-aurore"
# What an office has promised in a whole day or less, and crews are called out for.
GRAVEST = 3

Worded = TypeVar("Worded", bound=Struct)


class Group(Struct, frozen=True):
    """A department of the catalogue, and what it is asked for."""

    department: Department
    categories: tuple[Category, ...]


def offered(languages: Collection[Language]) -> tuple[Group, ...]:
    """All there is to choose from, department by department."""
    town = model(languages)
    groups = (
        Group(
            in_languages(department, languages),
            tuple(
                in_languages(each, languages)
                for each in town.categories
                if each.department == department.key
            ),
        )
        for department in town.departments
    )
    return tuple(group for group in groups if group.categories)


def usual(languages: Collection[Language]) -> tuple[str, ...]:
    """What nearly every town has: ticked before anybody has chosen."""
    every = model(languages).categories
    return tuple(each.key for each in every if each.level <= GRAVEST)


def model(languages: Collection[Language]) -> Town:
    """The example whose words are offered to a town that speaks these languages."""
    return _example(BILINGUAL if "fr" in languages else ENGLISH)


def in_languages(part: Worded, languages: Collection[Language]) -> Worded:
    """The same, without the words in languages that the town does not speak."""
    changed = {
        field.name: _kept(getattr(part, field.name), languages)
        for field in fields(part)
    }
    return replace(part, **changed)


def _kept(value: object, languages: Collection[Language]) -> object:
    match value:
        case Text():
            return Text(
                en=value.en if "en" in languages else "",
                fr=value.fr if "fr" in languages else "",
            )
        case Struct():
            return in_languages(value, languages)
        case tuple():
            return tuple(_kept(each, languages) for each in value)
        case _:
            return value


@cache
def _example(name: str) -> Town:
    return files.read(examples.text(name), source=name)
