"""What forbids publishing the draft, beside the section, entry or field it is in."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

from msgspec.structs import fields

from portal.town.sections import SECTIONS, Section
from tenants.drafting import Editing
from tenants.files import Path, name_of


def beside(it: Editing, section: Section, key: str) -> Mapping[str, str]:
    """Remedies by the name of the field; "" is the whole entry, or the whole table."""
    found: dict[str, str] = {}
    for place, remedy in _inside(it, section):
        if section.shape != "entries":
            found.setdefault(dotted(place), remedy)
        elif key and place and place[0] == _number(it, section, key):
            found.setdefault(dotted(place[1:]), remedy)
    return found


def by_entry(it: Editing, section: Section) -> Mapping[str, list[str]]:
    """Remedies by the entry's key; "" is the list's as a whole."""
    keys = [name_of(each) for each in section.entries(it.town)]
    found: dict[str, list[str]] = {}
    for place, remedy in _inside(it, section):
        number = place[0] if place else None
        known = isinstance(number, int) and number < len(keys)
        key = keys[number] if known and isinstance(number, int) else ""
        found.setdefault(key, []).append(remedy)
    return found


def by_section(it: Editing) -> Mapping[str, int]:
    """How many there are in each section that has any."""
    counted = {each.key: len([*_inside(it, each)]) for each in SECTIONS}
    return {key: number for key, number in counted.items() if number}


def dotted(place: Path) -> str:
    return ".".join(str(step) for step in place)


def _inside(it: Editing, section: Section) -> Iterator[tuple[Path, str]]:
    """Each place below the section; below the town, where no table holds it."""
    names = {each.name for each in fields(section.part)}
    for fault in it.faults:
        first = fault.place[0] if fault.place else ""
        if section.shape == "fields" and first in names:
            yield fault.place, fault.remedy
        elif section.shape != "fields" and first == section.field:
            yield fault.place[1:], fault.remedy


def _number(it: Editing, section: Section, key: str) -> int | None:
    keys = [name_of(each) for each in section.entries(it.town)]
    return keys.index(key) if key in keys else None
