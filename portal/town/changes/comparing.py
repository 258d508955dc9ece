"""Two states of a town's rules compared: entry by entry, in sentences."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from typing import Literal, cast

from msgspec import Struct
from msgspec.structs import fields

from portal.town.changes.showing import Shower
from portal.town.changes.vocabulary import edited_at, label, noun
from tenants.files import name_of
from tenants.files.matching import are_named
from tenants.town import Text, Town
from townline.i18n import gettext

Entries = tuple[Struct, ...]
Kind = Literal["added", "removed", "changed", "order"]
# Lists that say one thing by their order, and are told whole.
IN_ORDER = frozenset({"channels"})


@dataclass(frozen=True, slots=True)
class Line:
    """One fact of an entry: None where there was none, or is none any more."""

    label: str
    before: str | None
    after: str | None


@dataclass(frozen=True, slots=True, kw_only=True)
class Changed:
    """An entry of a list, or a field or table of the town, and what of it differs."""

    field: str
    key: str
    noun: str
    title: str
    kind: Kind
    lines: tuple[Line, ...]

    @property
    def address(self) -> str:
        return edited_at(self.field, self.key)


def compared(old: Town, new: Town) -> tuple[Changed, ...]:
    """Everything that differs, in the order of the file."""
    return tuple(_Comparison(old, new).whole())


class _Comparison:
    def __init__(self, old: Town, new: Town) -> None:
        self.old, self.new = old, new
        self.before, self.after = Shower(old), Shower(new)

    def whole(self) -> Iterator[Changed]:
        for known in fields(self.old):
            before, after = (getattr(e, known.name) for e in (self.old, self.new))
            if before == after:
                continue
            if _are_entries(before, after):
                yield from self._entries(known.name, before, after)
            else:
                lines = self._lines(Town, known.name, before, after)
                yield _changed(known.name, "", "changed", tuple(lines))

    def _entries(
        self, field: str, before: Entries, after: Entries
    ) -> Iterator[Changed]:
        old, new = (_book(entries) for entries in (before, after))
        for name, entry in old.items():
            if name not in new:
                lines = tuple(self._all(entry, self.before, gone=True))
                yield _changed(field, name, "removed", lines, entry)
            elif entry != new[name]:
                lines = tuple(self._parts(entry, new[name]))
                yield _changed(field, name, "changed", lines, new[name])
        for name, entry in new.items():
            if name not in old:
                lines = tuple(self._all(entry, self.after, gone=False))
                yield _changed(field, name, "added", lines, entry)
        if line := _order(old, new):
            yield _changed(field, "", "order", (line,))

    def _all(self, entry: Struct, shower: Shower, *, gone: bool) -> Iterator[Line]:
        for known in fields(entry):
            value = getattr(entry, known.name)
            shown = shower.shown(type(entry), known.name, value)
            if shown and (known.required or value != known.default):
                words = gettext(label(type(entry), known.name))
                yield Line(words, shown, None) if gone else Line(words, None, shown)

    def _parts(self, old: Struct, new: Struct) -> Iterator[Line]:
        for known in fields(old):
            before, after = getattr(old, known.name), getattr(new, known.name)
            if before != after:
                yield from self._lines(type(old), known.name, before, after)

    def _lines(
        self, kind: type[Struct], field: str, before: object, after: object
    ) -> Iterator[Line]:
        words = gettext(noun(field) if kind is Town else label(kind, field))
        if isinstance(before, Text) and isinstance(after, Text):
            yield from _spoken(words, before, after)
        elif isinstance(before, Struct) and isinstance(after, Struct):
            yield from _under(words, self._parts(before, after), whole=kind is Town)
        elif _are_entries(before, after):
            old, new = cast("tuple[Entries, Entries]", (before, after))
            yield from self._inner(words, kind, field, old, new)
        elif (
            isinstance(before, tuple)
            and isinstance(after, tuple)
            and field not in IN_ORDER
        ):
            yield from self._items(words, kind, field, before, after)
        else:
            yield Line(
                words,
                self.before.shown(kind, field, before),
                self.after.shown(kind, field, after),
            )

    def _inner(
        self,
        words: str,
        kind: type[Struct],
        field: str,
        before: Entries,
        after: Entries,
    ) -> Iterator[Line]:
        old, new = (_book(entries) for entries in (before, after))
        for name in dict.fromkeys([*old, *new]):
            if name not in new:
                yield Line(words, self.before.item(kind, field, old[name]), None)
            elif name not in old:
                yield Line(words, None, self.after.item(kind, field, new[name]))
            elif old[name] != new[name]:
                place = f"{words}, “{_title(new[name])}”"
                yield from _under(place, self._parts(old[name], new[name]))
        if line := _order(old, new):
            yield from _under(words, iter([line]))

    def _items(
        self,
        words: str,
        kind: type[Struct],
        field: str,
        before: Sequence[object],
        after: Sequence[object],
    ) -> Iterator[Line]:
        """Pairs in the same place are one change; the rest came or went."""
        for start, end, new_start, new_end in _differing(before, after):
            pairs = min(end - start, new_end - new_start)
            for number in range(pairs):
                one, other = before[start + number], after[new_start + number]
                if isinstance(one, Struct) and isinstance(other, Struct):
                    place = f"{words}, {start + number + 1}"
                    yield from _under(place, self._parts(one, other))
                else:
                    was = self.before.item(kind, field, one)
                    yield Line(words, was, self.after.item(kind, field, other))
            for gone in before[start + pairs : end]:
                yield Line(words, self.before.item(kind, field, gone), None)
            for come in after[new_start + pairs : new_end]:
                yield Line(words, None, self.after.item(kind, field, come))


def _order(old: Mapping[str, Struct], new: Mapping[str, Struct]) -> Line | None:
    """Only what stands between the first and the last that changed their place."""
    before, after = [e for e in old if e in new], [e for e in new if e in old]
    moved = [place for place, name in enumerate(before) if name != after[place]]
    if not moved:
        return None
    part = slice(moved[0], moved[-1] + 1)
    was, now = (
        ", ".join(_title(new[name]) for name in names[part])
        for names in (before, after)
    )
    return Line(gettext("Order"), was, now)


def _differing(
    before: Sequence[object], after: Sequence[object]
) -> Iterator[tuple[int, int, int, int]]:
    steps = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    for step, *places in steps:
        if step != "equal":
            yield places[0], places[1], places[2], places[3]


def _changed(
    field: str,
    key: str,
    kind: Kind,
    lines: tuple[Line, ...],
    entry: Struct | None = None,
) -> Changed:
    return Changed(
        field=field,
        key=key,
        noun=gettext(noun(field)),
        title="" if entry is None else _title(entry),
        kind=kind,
        lines=lines,
    )


def _under(words: str, lines: Iterator[Line], *, whole: bool = False) -> Iterator[Line]:
    """What is told of a part, below what the part is called."""
    for line in lines:
        place = line.label if whole else f"{words}, {line.label}"
        yield Line(place, line.before, line.after)


def _spoken(words: str, before: Text, after: Text) -> Iterator[Line]:
    """Each language that differs; named where the words are in both."""
    both = all((after.en or before.en, after.fr or before.fr))
    names = {"en": gettext("English"), "fr": gettext("French")}
    for code, name in names.items():
        old, new = getattr(before, code), getattr(after, code)
        if old != new:
            yield Line(f"{words} ({name})" if both else words, old or None, new or None)


def _are_entries(before: object, after: object) -> bool:
    lists = (before, after)
    if not all(isinstance(each, tuple) for each in lists) or not any(lists):
        return False
    return are_named(before, after)  # type: ignore[arg-type]  # both are tuples


def _book(entries: Sequence[Struct]) -> Mapping[str, Struct]:
    return {name_of(each): each for each in entries}


def _title(entry: Struct) -> str:
    """How people call an entry: by its words, or else as the file does."""
    return Shower.title(entry) or name_of(entry)
