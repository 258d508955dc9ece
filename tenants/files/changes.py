"""What a new version of a town's rules would change, before it is published."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from msgspec import Struct
from msgspec.structs import fields

from tenants.files.matching import name_of
from tenants.files.sentences import shown
from tenants.town import Text, Town


@dataclass(frozen=True, slots=True)
class Difference:
    """One field or entry: what it was, None if it was not, and what it would be."""

    path: str
    before: str | None
    after: str | None

    def __str__(self) -> str:
        if self.before is None:
            return f"{self.path} is added: {self.after}."
        if self.after is None:
            return f"{self.path} is removed; it was {self.before}."
        return f"{self.path} changes from {self.before} to {self.after}."


def differences(old: Town, new: Town) -> tuple[Difference, ...]:
    """Every difference, in the order of the file; none only if the two are equal."""
    return tuple(_parts(old, new, ""))


def _parts(old: Struct, new: Struct, path: str) -> Iterator[Difference]:
    for known in fields(old):
        place = f"{path}.{known.name}" if path else known.name
        before, after = getattr(old, known.name), getattr(new, known.name)
        if before != after:
            yield from _values(before, after, place)


def _values(before: object, after: object, path: str) -> Iterator[Difference]:
    if isinstance(before, Struct) and isinstance(after, Struct):
        yield from _parts(before, after, path)
    elif isinstance(before, tuple) and isinstance(after, tuple):
        if any(isinstance(each, Struct) for each in (*before, *after)):
            yield from _entries(before, after, path)
        else:
            yield Difference(path, _plain(before), _plain(after))
    else:
        yield Difference(path, _unless_absent(before), _unless_absent(after))


def _entries(
    before: Sequence[Struct], after: Sequence[Struct], path: str
) -> Iterator[Difference]:
    if all(name_of(each) for each in (*before, *after)):
        yield from _named_entries(before, after, path)
    else:
        yield from _numbered_entries(before, after, path)


def _named_entries(
    before: Sequence[Struct], after: Sequence[Struct], path: str
) -> Iterator[Difference]:
    old = {name_of(each): each for each in before}
    new = {name_of(each): each for each in after}
    for name, entry in old.items():
        place = f'{path} "{name}"'
        if name not in new:
            yield Difference(place, _plain(entry), None)
        elif entry != new[name]:
            yield from _parts(entry, new[name], place)
    for name, entry in new.items():
        if name not in old:
            yield Difference(f'{path} "{name}"', None, _plain(entry))
    yield from _order(
        [name for name in old if name in new],
        [name for name in new if name in old],
        path,
    )


def _order(old: list[str], new: list[str], path: str) -> Iterator[Difference]:
    """Only the names between the first and the last that changed their place."""
    moved = [place for place, name in enumerate(old) if name != new[place]]
    if moved:
        part = slice(moved[0], moved[-1] + 1)
        before, after = (", ".join(names[part]) for names in (old, new))
        yield Difference(f"the order of {path}", before, after)


def _numbered_entries(
    before: Sequence[Struct], after: Sequence[Struct], path: str
) -> Iterator[Difference]:
    """Entries without a name are known by their place; what moved up is no change."""
    steps = SequenceMatcher(None, before, after, autojunk=False).get_opcodes()
    for _, start, end, new_start, new_end in (e for e in steps if e[0] != "equal"):
        pairs = min(end - start, new_end - new_start)
        for number in range(pairs):
            place = f"{path}[{start + number + 1}]"
            yield from _parts(before[start + number], after[new_start + number], place)
        for number in range(start + pairs, end):
            yield Difference(f"{path}[{number + 1}]", _plain(before[number]), None)
        for number in range(new_start + pairs, new_end):
            yield Difference(f"{path}[{number + 1}]", None, _plain(after[number]))


def _unless_absent(value: object) -> str | None:
    return None if value is None or value == "" else _plain(value)


def _plain(value: object) -> str:
    """A value in a sentence; an entry by its fields, and what it holds by number."""
    match value:
        case Text():
            return shown(value.in_("en"))
        case Struct():
            written = (
                (known.name, getattr(value, known.name))
                for known in fields(value)
                if getattr(value, known.name) != known.default
            )
            return ", ".join(f"{name} {_plain(each)}" for name, each in written)
        case tuple() if value and isinstance(value[0], Struct):
            return f"({len(value)})"
        case tuple():
            return ", ".join(map(_plain, value)) or "nothing"
        case _:
            return shown(value)
