"""A text changed in place: it reads as another town, and the rest stays to the letter.

What is equal in both towns is not touched. Comments, the order of fields and how they
are written stay as the town's people have set them.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from msgspec import Struct
from msgspec.structs import FieldInfo, fields

from tenants.files import writing
from tenants.files.layout import after_blank_lines, blocks
from tenants.files.matching import matched, stays
from tenants.files.patches import Patches
from tenants.files.spots import Held, Spot, whole
from tenants.files.values import rewrite_value
from tenants.town import Town


def rewritten(text: str, old: Town, new: Town) -> str:
    """``text``, which reads as ``old``, so that it reads as ``new``."""
    if old == new:
        return text
    editor = _Editor(Patches(text))
    editor.part(whole(blocks(text)), old, new)
    return editor.patches.applied()


class _Editor:
    def __init__(self, patches: Patches) -> None:
        self.patches = patches

    def part(self, spot: Spot, old: Struct, new: Struct) -> None:
        for known in fields(old):
            if getattr(old, known.name) != getattr(new, known.name):
                self._field(spot, known, old, new)

    def _field(self, spot: Spot, known: FieldInfo, old: Struct, new: Struct) -> None:
        before, after = (getattr(each, known.name) for each in (old, new))
        held = spot.held(known.name)
        if not writing.is_written(known, after):
            self._remove(held)
        elif held.direct is not None and (before or not writing.is_tables(after)):
            rewrite_value(self.patches, held.direct.value, before, after)
        elif held.entries and isinstance(after, tuple) and after:
            self._entries(held.entries, cast(tuple[Struct, ...], before), after)
        elif (table := held.table) and _is_kept(before, after):
            self.part(table, cast(Struct, before), cast(Struct, after))
        else:
            self._remove(held)
            self._insert(spot, new, known.name)

    def _remove(self, held: Held) -> None:
        for field in held.fields:
            self.patches.replace(field.start, field.end, "")
        for number in range(len(held.entries)):
            self._cut_entry(held.entries, number)
        if held.table and held.blocks:
            self._cut(held.table.regions(with_lead=False))
        elif not held.entries:
            self._cut([(block.start, block.end) for block in held.blocks])

    def _cut(self, regions: list[tuple[int, int]]) -> None:
        """Without what followed it only to keep it apart from the next."""
        for start, end in regions:
            self.patches.replace(start, after_blank_lines(self.patches.text, end), "")

    def _insert(self, spot: Spot, part: Struct, name: str) -> None:
        value = getattr(part, name)
        names = [known.name for known in fields(part)]
        earlier = names[: names.index(name)]
        if writing.is_tables(value) and not spot.under:
            place = spot.end_of_blocks(earlier)
            for entry in value:
                self.patches.insert(place, "\n" + _headed(entry, (*spot.path, name)))
        else:
            lines = writing.lines(".".join((*spot.under, name)), value)
            self.patches.insert(spot.end_of_fields(earlier), "\n".join(lines) + "\n")

    def _entries(
        self, spots: list[Spot], before: Sequence[Struct], after: Sequence[Struct]
    ) -> None:
        origins = matched(before, after)
        old = [place for place in origins if place is not None]
        kept = stays(old)
        for gone in {*range(len(before))} - {*old}:
            self._cut_entry(spots, gone)
        place, gap = _first_place(spots, kept), ("", "\n")
        for entry, origin in zip(after, origins, strict=True):
            if origin is not None and origin in kept:
                self.part(spots[origin], before[origin], entry)
                place, gap = spots[origin].end, ("\n", "")
            elif origin is not None:
                lines = self._moved(spots, origin, before[origin], entry)
                self.patches.insert(place, lines.join(gap))
            else:
                self.patches.insert(place, _headed(entry, spots[0].path).join(gap))

    def _cut_entry(self, spots: list[Spot], number: int) -> None:
        self._cut(spots[number].regions(with_lead=number > 0))

    def _moved(self, spots: list[Spot], number: int, old: Struct, new: Struct) -> str:
        """The text of an entry, changed as it has to be, taken from where it was."""
        inside = _Editor(Patches(self.patches.text))
        inside.part(spots[number], old, new)
        parts = [
            inside.patches.applied(start, end)
            for start, end in spots[number].regions(with_lead=number > 0)
        ]
        self._cut_entry(spots, number)
        return "\n".join(each if each.endswith("\n") else f"{each}\n" for each in parts)


def _first_place(spots: list[Spot], kept: frozenset[int]) -> int:
    """Below the comments above the first: they speak for the whole list."""
    first = min(kept, default=0)
    return spots[first].home.lead if first else spots[0].home.start


def _is_kept(before: object, after: object) -> bool:
    """Whether a table that is written by its fields has any left to be written by."""
    return (
        isinstance(before, Struct)
        and isinstance(after, Struct)
        and any(writing.written(after))
    )


def _headed(entry: Struct, path: Sequence[str]) -> str:
    return "\n".join(writing.headed(entry, ".".join(path))) + "\n"
