"""Everything the town's file can say, as the sections of a page that lists it."""

from __future__ import annotations

from portal.town.sections.answering import ANSWERING
from portal.town.sections.section import Section
from portal.town.sections.standing import STANDING
from townline.errors import NotFound

SECTIONS = (*STANDING, *ANSWERING)


class NoSuchSection(NotFound):
    """There is no such section of the rules."""


def section(key: str) -> Section:
    for each in SECTIONS:
        if each.key == key:
            return each
    raise NoSuchSection


__all__ = ["SECTIONS", "NoSuchSection", "Section", "section"]
