"""What can be done to a town's rules in one step, and what comes of it."""

from __future__ import annotations

from collections.abc import Sequence
from hashlib import sha256
from typing import TypeVar

import msgspec
from msgspec import Struct
from msgspec.structs import replace

from tenants.files.matching import name_of
from tenants.town import NoSuchEntry, Part, Town
from townline.errors import Conflict, Invalid
from townline.i18n import gettext

Entry = TypeVar("Entry", bound=Struct)


class Put(Struct, frozen=True, kw_only=True):
    """Without ``key`` the entry is added at the end; otherwise it replaces that one."""

    table: str
    entry: Part
    key: str = ""
    was: str = ""


class Drop(Struct, frozen=True, kw_only=True):
    table: str
    key: str
    was: str = ""


class Move(Struct, frozen=True, kw_only=True):
    """``before`` is the entry it is to stand before; none is the end."""

    table: str
    key: str
    before: str = ""


class Assign(Struct, frozen=True, kw_only=True):
    """A plain field, a single table, or a whole list."""

    field: str
    value: object
    was: str = ""


Edit = Put | Drop | Move | Assign


class EditedMeanwhile(Conflict):
    """Somebody else has changed this since you opened it; look at it again."""

    @classmethod
    def by(cls, name: str, what: str) -> EditedMeanwhile:
        words = gettext("{name} has changed “{what}” since you opened it; look again.")
        return cls(words.format(name=name, what=what))


class KeyTaken(Invalid):
    """Another entry of this list already has this key; choose another."""


class NotOfATown(Invalid):
    """A town's rules have no such field."""


def mark(value: object) -> str:
    """A short digest, which a form carries so that nobody overwrites another."""
    written = msgspec.json.encode([type(value).__name__, value])
    return sha256(written).hexdigest()[:16]


def applied(town: Town, change: Edit) -> Town:
    """The town after one change; what is no longer as it ``was`` is refused."""
    match change:
        case Assign():
            _refuse_strange(change.field)
            _refuse_changed(getattr(town, change.field), change.was)
            return replace(town, **{change.field: change.value})
        case Put(key=""):
            entries = entries_of(town, change.table)
            _refuse_taken(entries, name_of(change.entry))
            return _with(town, change.table, (*entries, change.entry))
        case Put():
            return _with(town, change.table, _put(town, change))
        case Drop():
            entries = entries_of(town, change.table)
            place = place_of(entries, change.key)
            _refuse_changed(entries[place], change.was)
            return _with(town, change.table, _without(entries, place))
        case Move():
            return _with(town, change.table, _moved(town, change))


def entries_of(town: Town, table: str) -> tuple[Part, ...]:
    _refuse_strange(table)
    entries: tuple[Part, ...] = getattr(town, table)
    return entries


def place_of(entries: Sequence[object], key: str) -> int:
    for place, entry in enumerate(entries):
        if name_of(entry) == key:
            return place
    raise NoSuchEntry


def _put(town: Town, change: Put) -> tuple[Part, ...]:
    entries = entries_of(town, change.table)
    place = place_of(entries, change.key)
    _refuse_changed(entries[place], change.was)
    others = _without(entries, place)
    _refuse_taken(others, name_of(change.entry))
    return (*others[:place], change.entry, *others[place:])


def _moved(town: Town, change: Move) -> tuple[Part, ...]:
    entries = entries_of(town, change.table)
    place = place_of(entries, change.key)
    if change.before == change.key:
        return entries
    others = _without(entries, place)
    to = place_of(others, change.before) if change.before else len(others)
    return (*others[:to], entries[place], *others[to:])


def _with(town: Town, table: str, entries: tuple[Part, ...]) -> Town:
    return replace(town, **{table: entries})


def _without(entries: tuple[Entry, ...], place: int) -> tuple[Entry, ...]:
    return entries[:place] + entries[place + 1 :]


def _refuse_strange(field: str) -> None:
    if field not in Town.__struct_fields__:
        raise NotOfATown


def _refuse_changed(value: object, was: str) -> None:
    if was and mark(value) != was:
        raise EditedMeanwhile


def _refuse_taken(entries: Sequence[object], name: str) -> None:
    if any(name_of(each) == name for each in entries):
        raise KeyTaken(field="key")
