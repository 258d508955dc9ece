"""A value of the rules in the words of whoever reads them, and of their town."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from datetime import date, datetime, time
from functools import cached_property

from babel.dates import format_date, format_datetime
from msgspec import Struct
from msgspec.structs import fields

from portal.town.changes.vocabulary import answers
from portal.town.fields.messages import MESSAGES, WAYS
from tenants.rules import called, is_known
from tenants.town import NoSuchEntry, Text, Town, Wording
from townline.i18n import LOCALES, gettext, language
from townline.words import number, phone

# What refers to an entry of another list, by the name of the field.
_CONTACTS = frozenset({"contact", "members"})
_CATEGORIES = frozenset({"categories"})
_DEPARTMENTS = frozenset({"department", "departments"})
_TARGETS = frozenset({"to", "last_resort"})
_PHONES = frozenset({"number", "phone", "mobile", "landline", "sender"})


class Shower:
    """Of one town: what keys stand for is looked up in it."""

    def __init__(self, town: Town) -> None:
        self.town = town

    def shown(self, kind: type[Struct], field: str, value: object) -> str | None:
        """None for what is not there at all."""
        if value is None or value in ("", ()):
            return None
        if isinstance(value, tuple):
            return "; ".join(self.item(kind, field, each) for each in value)
        return self.item(kind, field, value)

    def item(self, kind: type[Struct], field: str, value: object) -> str:
        match value:
            case Text():
                return value.in_(language())
            case Struct():
                return self._part(value)
            case bool():
                return gettext("yes") if value else gettext("no")
            case str():
                return self._word(kind, field, value)
            case int() | float():
                said = answers(kind, field).get(str(value))
                return gettext(said) if said else number(value)
            case _:
                return _plain(value)

    @staticmethod
    def title(entry: Struct) -> str:
        if isinstance(entry, Wording):
            way = gettext(WAYS[entry.channel])
            return f"{gettext(MESSAGES[entry.key])} ({way})"
        for field in ("name", "title", "label", "ask", "text", "offer"):
            value = getattr(entry, field, "")
            words = value.in_(language()) if isinstance(value, Text) else value
            if words:
                return str(words)
        return ""

    def _part(self, value: Struct) -> str:
        """By its name, or else by all that it says."""
        if title := self.title(value):
            return title
        written = (
            self.shown(type(value), known.name, getattr(value, known.name))
            for known in fields(value)
            if known.required or getattr(value, known.name) != known.default
        )
        return ", ".join(filter(None, written))

    def _word(self, kind: type[Struct], field: str, value: str) -> str:
        if said := answers(kind, field).get(value):
            return gettext(said)
        if field in _PHONES:
            return phone(value)
        if field in _TARGETS:
            return self._target(value)
        for names, find in self._lists.items():
            if field in names:
                return _found(find, value)
        return value

    @cached_property
    def _lists(self) -> Mapping[frozenset[str], Callable[[str], str]]:
        town, spoken = self.town, language()
        return {
            _CONTACTS: lambda key: town.contact(key).name,
            _CATEGORIES: lambda key: town.category(key).name.in_(spoken),
            _DEPARTMENTS: lambda key: town.department(key).name.in_(spoken),
        }

    def _target(self, value: str) -> str:
        if not is_known(self.town, value):
            return value
        return called(self.town, value).in_(language())


def _found(find: Callable[[str], str], key: str) -> str:
    """What it stands for; a key that stands for nothing is shown as it is."""
    try:
        return find(key)
    except NoSuchEntry:
        return key


def _plain(value: object) -> str:
    locale = LOCALES[language()]
    match value:
        case datetime():
            return format_datetime(value, "d MMM y HH:mm", locale=locale)
        case date():
            return format_date(value, "d MMM y", locale=locale)
        case time():
            return f"{value:%H:%M}"
        case tuple():
            return ", ".join(map(_plain, value))
        case _:
            return str(value)
