"""Words that are missing in a language of the town, or hold what cannot be filled."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from functools import cache

from msgspec import Struct
from msgspec.structs import fields

from tenants.files.findings import Fault
from tenants.files.places import Path
from tenants.town import Language, Text, Town
from townline.i18n import gettext

# Which words are filled in, by the field they stand in and the table that is in.
PLACEHOLDERS: Mapping[tuple[str, ...], str] = {
    ("promise", "say"): "{due}",
    ("phrases", "agent"): "{agent}",
}
LANGUAGES = ("en", "fr")
# What may be filled in there differs from message to message: ``checks.messages``.
FILLED_IN = "messages"


def wording(town: Town) -> Iterator[Fault]:
    for path, text, is_needed in _texts(town, ()):
        if is_needed or text != Text():
            yield from _missing(town, text, path)
        if path[0] != FILLED_IN:
            yield from _unfillable(text, path)
    yield from _speakers(town)


def _texts(part: Struct, path: Path) -> Iterator[tuple[Path, Text, bool]]:
    """Every text in the town with its place, and whether it may not be left out."""
    for name, is_needed in _fields(type(part)):
        value, place = getattr(part, name), (*path, name)
        if isinstance(value, Text):
            yield place, value, is_needed
        elif isinstance(value, Struct):
            yield from _texts(value, place)
        elif isinstance(value, tuple):
            for number, each in enumerate(value):
                if isinstance(each, Struct):
                    yield from _texts(each, (*place, number))


@cache
def _fields(kind: type[Struct]) -> tuple[tuple[str, bool], ...]:
    """Each with whether it may not be left out; asking msgspec costs as much as all
    the rest of the file's checks."""
    return tuple((each.name, each.required) for each in fields(kind))


def _missing(town: Town, text: Text, path: Path) -> Iterator[Fault]:
    for language in town.languages:
        if not getattr(text, language).strip():
            if language == "fr":
                remedy = gettext("Add the French words: callers are spoken to in it.")
            else:
                remedy = gettext("Add the English words: callers are spoken to in it.")
            yield Fault((*path, language), remedy, needs=("languages",))


def _unfillable(text: Text, path: Path) -> Iterator[Fault]:
    names = tuple(step for step in path if isinstance(step, str))
    allowed = PLACEHOLDERS.get(names[-2:])
    for language in LANGUAGES:
        for found in re.findall(r"\{[^{}]*\}?|\}", getattr(text, language)):
            if found != allowed:
                yield Fault((*path, language), _take_out(found, allowed))


def _take_out(found: str, allowed: str | None) -> str:
    if allowed:
        remedy = gettext(
            "Take out {found}: nothing would be put in its place; only {allowed} is "
            "filled in here."
        )
    else:
        remedy = gettext("Take out {found}: nothing would be put in its place.")
    return remedy.format(found=found, allowed=allowed)


def _speakers(town: Town) -> Iterator[Fault]:
    spoken: list[tuple[Path, Language]] = [
        ((table, number), each.language)
        for table in ("lines", "contacts")
        for number, each in enumerate(getattr(town, table))
    ]
    if town.duty_desk is not None:
        spoken.append((("duty_desk",), town.duty_desk.language))
    for path, language in spoken:
        if language not in town.languages:
            remedy = gettext(
                'Choose one of the town\'s languages, or add "{language}" to them.'
            ).format(language=language)
            yield Fault((*path, "language"), remedy, needs=("languages",))
