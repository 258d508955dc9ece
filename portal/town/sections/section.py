"""A section of the rules: how it is called, and where in the town it is."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from msgspec.structs import fields

from tenants.town import Part, Town

# Entries of a list, one table, or fields that no table of their own holds.
Shape = Literal["entries", "table", "fields"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Section:
    """``key`` is its name in addresses; in the town it is ``field``, unless fields.

    ``title`` and ``lead`` are English; a page translates them. ``add`` is what the
    link to a new entry says. What ``may_be_none`` can be taken out of the file.
    """

    key: str
    title: str
    lead: str
    part: type[Part]
    shape: Shape = "entries"
    add: str = ""
    may_be_none: bool = False

    @property
    def field(self) -> str:
        return self.key.replace("-", "_")

    def whole(self, town: Town) -> Part | None:
        """What is edited at once where there are no entries."""
        if self.shape == "fields":
            names = [each.name for each in fields(self.part)]
            return self.part(**{each: getattr(town, each) for each in names})
        held: Part | None = getattr(town, self.field)
        return held

    def entries(self, town: Town) -> Sequence[Part]:
        found: Sequence[Part] = getattr(town, self.field)
        return found
