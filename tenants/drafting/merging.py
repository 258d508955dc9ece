"""Two people's changes to the same rules, both kept; where they cannot be, it is said.

What only one side changed is as that side has it. What both changed differently is a
clash: the draft's own word stays, and the clash is shown to whoever publishes.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from typing import TypeVar, cast

from msgspec import Struct
from msgspec.structs import fields, replace

from tenants.files.matching import are_named, name_of
from tenants.town import Town

Part = TypeVar("Part", bound=Struct)
# Lists in which every entry stands for itself: what one side adds stands beside what
# the other adds. In all others the order says something, as in the steps of a ladder.
SETS = frozenset(
    {
        "absences",
        "categories",
        "closures",
        "dates",
        "departments",
        "overrides",
        "roles",
        "synonyms",
        "temporary",
        "unverified",
        "vacations",
    }
)


@dataclass(frozen=True, slots=True)
class Clash:
    """One place that both have changed, each in their own way."""

    path: str
    ours: object
    theirs: object


def merged(
    base: Town, ours: Town, theirs: Town, *, giving_way: Collection[str] = ()
) -> tuple[Town, tuple[Clash, ...]]:
    """``giving_way`` are the paths of clashes in which theirs is taken."""
    merger = _Merger(frozenset(giving_way))
    town = merger.parts(base, ours, theirs, "")
    return town, tuple(merger.clashes)


@dataclass(slots=True)
class _Merger:
    giving_way: frozenset[str]
    clashes: list[Clash] = field(default_factory=list)

    def parts(self, base: Part, ours: Part, theirs: Part, path: str) -> Part:
        changed = {}
        for known in fields(base):
            name = known.name
            before, mine, other = (getattr(e, name) for e in (base, ours, theirs))
            place = f"{path}.{name}" if path else name
            changed[name] = self._value(before, mine, other, place)
        return replace(ours, **changed)

    def _value(self, base: object, ours: object, theirs: object, path: str) -> object:
        if theirs in (base, ours):
            return ours
        if ours == base:
            return theirs
        if all(isinstance(each, Struct) for each in (base, ours, theirs)):
            three = cast(tuple[Struct, Struct, Struct], (base, ours, theirs))
            return self.parts(*three, path)
        if all(isinstance(each, tuple) for each in (base, ours, theirs)):
            lists = cast("tuple[_List, _List, _List]", (base, ours, theirs))
            return self._lists(*lists, path)
        return self._clash(ours, theirs, path)

    def _lists(self, base: _List, ours: _List, theirs: _List, path: str) -> object:
        if any((base, ours, theirs)) and are_named(base, ours, theirs):
            return self._named(base, ours, theirs, path)
        if path.rpartition(".")[2] in SETS:
            added = [e for e in theirs if e not in base and e not in ours]
            gone = [e for e in base if e not in theirs]
            return (*(e for e in ours if e not in gone), *added)
        return self._clash(ours, theirs, path)

    def _named(self, base: _List, ours: _List, theirs: _List, path: str) -> object:
        books = [{name_of(e): e for e in entries} for entries in (base, ours, theirs)]
        order = _order(*([*book] for book in books))
        found = (self._entry(books, name, f'{path} "{name}"') for name in order)
        return tuple(each for each in found if each is not None)

    def _entry(self, books: list[dict[str, object]], name: str, path: str) -> object:
        base, ours, theirs = (book.get(name) for book in books)
        return self._value(base, ours, theirs, path)

    def _clash(self, ours: object, theirs: object, path: str) -> object:
        self.clashes.append(Clash(path, ours, theirs))
        return theirs if path in self.giving_way else ours


_List = tuple[object, ...]


def _order(
    base: Sequence[str], ours: Sequence[str], theirs: Sequence[str]
) -> list[str]:
    """Whoever has changed the order says it; what the other added follows its own."""
    kept = [name for name in base if name in ours]
    reordered = [name for name in ours if name in base] != kept
    leading, other = (ours, theirs) if reordered else (theirs, ours)
    order = [*leading]
    for place, name in enumerate(other):
        if name not in order:
            before = next((e for e in reversed(other[:place]) if e in order), None)
            order.insert(order.index(before) + 1 if before else 0, name)
    return order
