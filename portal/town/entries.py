"""The entries of a section in a line each: what they are called, and what they are."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from portal.town.fields.lines import SERVICES
from portal.town.fields.shared import STATES
from portal.town.names import department
from portal.town.sections import Section
from tenants.files import name_of
from tenants.town import (
    AnswerPhrase,
    Contact,
    Crew,
    Line,
    Menu,
    Neighbour,
    NoSuchEntry,
    Part,
    Text,
    Town,
)
from townline.i18n import gettext, language, ngettext
from townline.words import phone


@dataclass(frozen=True, slots=True)
class Entry:
    """``waiting`` are the destinations of a contact that nobody has confirmed yet."""

    key: str
    title: str
    about: str
    waiting: tuple[str, ...]


def listed(section: Section, town: Town) -> list[Entry]:
    return [
        Entry(name_of(each), title(each), about(town, each), _waiting(each))
        for each in section.entries(town)
    ]


def find(section: Section, town: Town, key: str) -> Part:
    for each in section.entries(town):
        if name_of(each) == key:
            return each
    raise NoSuchEntry


def title(part: Part) -> str:
    match part:
        case Line():
            return f"{phone(part.number)}, {_in(part.label)}"
        case AnswerPhrase():
            said = gettext(STATES[part.when])
            return said[:1].upper() + said[1:]
        case Menu(when=str(when)):
            return f"{part.key}, {gettext(STATES[when])}"
        case Menu():
            return part.key
        case Neighbour(town=str(slug)):
            return slug
        case _:
            found = (getattr(part, name, None) for name in ("name", "ask"))
            named = next(each for each in found if each is not None)
            return _in(named) if isinstance(named, Text) else str(named)


def about(town: Town, part: Part) -> str:
    match part:
        case Line():
            return gettext(SERVICES[part.service])
        case Menu():
            number = len(part.options)
            return ngettext("{number} key", "{number} keys", number).format(
                number=number
            )
        case Contact():
            known = (department(town, part.department), _in(part.title))
            return ", ".join(filter(None, known))
        case Crew():
            named = {each.key: each.name for each in town.contacts}
            return ", ".join(named.get(each, each) for each in part.members)
        case AnswerPhrase():
            return _in(part.agent)
        case _:
            return _in(getattr(part, "say", None) or Text())


def later(entries: Sequence[Entry], key: str) -> str:
    """Before whom an entry stands once it has moved down by one; "" is the end."""
    keys = [each.key for each in entries]
    after = keys[keys.index(key) + 2 :] if key in keys else []
    return after[0] if after else ""


def sooner(entries: Sequence[Entry], key: str) -> str:
    """Before whom it stands once it has moved up by one."""
    keys = [each.key for each in entries]
    return keys[max(0, keys.index(key) - 1)] if key in keys else ""


def _waiting(part: Part) -> tuple[str, ...]:
    return tuple(map(phone, part.unverified)) if isinstance(part, Contact) else ()


def _in(text: Text) -> str:
    return text.in_(language())
