"""A value of one field changed in place, with the remarks inside its brackets."""

from __future__ import annotations

from collections.abc import Sequence
from typing import cast

from msgspec import Struct

from tenants.files import writing
from tenants.files.layout import Field, Item, Value
from tenants.files.matching import matched
from tenants.files.patches import Patches


def rewrite_value(
    patches: Patches, value: Value, before: object, after: object
) -> None:
    if value.items is not None and _is_list(before) and _is_list(after):
        _rewrite_items(patches, value, cast(tuple[object, ...], before), after)
    elif (same := _same_fields(value, before, after)) is not None:
        for field in same:
            one, other = (getattr(each, field.names[0]) for each in (before, after))
            if one != other:
                rewrite_value(patches, field.value, one, other)
    else:
        patches.replace(value.start, value.end, writing.inline(after))


def _is_list(value: object) -> bool:
    return isinstance(value, tuple)


def _same_fields(value: Value, before: object, after: object) -> list[Field] | None:
    """An inline table's fields, if the change leaves it with just these."""
    if value.fields is None or not isinstance(after, Struct):
        return None
    names = [".".join(each.names) for each in value.fields]
    written = {known.name for known in writing.written(after)}
    return value.fields if set(names) == written else None


def _rewrite_items(
    patches: Patches, value: Value, before: Sequence[object], after: object
) -> None:
    items, new = value.items or [], cast(tuple[object, ...], after)
    origins = matched(before, new)
    if origins == [*range(len(before))]:
        for item, one, other in zip(items, before, new, strict=True):
            if one != other:
                rewrite_value(patches, item.value, one, other)
    elif "\n" in patches.text[value.start : value.end] and items and new:
        patches.replace(
            value.start,
            value.end,
            _List(patches.text, value).of(
                [
                    (None, writing.inline(each))
                    if origin is None
                    else (
                        origin,
                        _changed(patches.text, items[origin], before[origin], each),
                    )
                    for origin, each in zip(origins, new, strict=True)
                ]
            ),
        )
    else:
        patches.replace(value.start, value.end, writing.inline(new))


def _changed(text: str, item: Item, before: object, after: object) -> str:
    inside = Patches(text)
    if before != after:
        rewrite_value(inside, item.value, before, after)
    return inside.applied(item.value.start, item.value.end)


class _List:
    """A list over several lines, written again from the pieces it had."""

    def __init__(self, text: str, value: Value) -> None:
        self.text = text
        self.items = value.items or []
        self.rest = text[self.items[-1].end : value.end - 1]

    def of(self, pieces: list[tuple[int | None, str]]) -> str:
        kept = [origin for origin, _ in pieces if origin is not None]
        said = [self._piece(origin, words) for origin, words in pieces]
        heading = "" if 0 in kept else self._remarks(self.items[0])
        return f"[{heading}{''.join(said)}{self.rest or chr(10)}]"

    def _piece(self, origin: int | None, words: str) -> str:
        if origin is None:
            return f"{self._indent()}{words},"
        item = self.items[origin]
        lead = self.text[item.start : item.value.start]
        between = item.comma if item.comma is not None else item.value.end
        tail = self.text[item.value.end : between]
        behind = between if item.comma is None else between + 1
        return f"{lead}{words},{tail}{self.text[behind : item.end]}"

    def _indent(self) -> str:
        """As far in as the first item stands."""
        lead = self.text[self.items[0].start : self.items[0].value.start]
        return "\n" + lead.rpartition("\n")[2] if "\n" in lead else "\n  "

    def _remarks(self, item: Item) -> str:
        """Comments above the first item speak for the list."""
        lead = self.text[item.start : item.value.start]
        return lead.rpartition("\n")[0] if "#" in lead else ""
