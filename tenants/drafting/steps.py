"""One change as it is written down: enough to tell it, and to take it back."""

from __future__ import annotations

from functools import cache
from typing import get_args, get_type_hints

import msgspec
from msgspec import Struct

from tenants.drafting.edits import (
    Assign,
    Drop,
    Edit,
    Move,
    Put,
    entries_of,
    mark,
    place_of,
)
from tenants.drafting.models import TownDraftChange
from tenants.files.matching import name_of
from tenants.town import Part, Town


class Step(Struct, frozen=True, kw_only=True):
    """``next_key`` is what the entry stood before."""

    kind: str
    field: str
    key: str = ""
    former_key: str = ""
    next_key: str = ""
    before: str | None = None
    after: str | None = None
    said: str = ""


def step_of(change: Edit, before: Town) -> Step:
    match change:
        case Assign(field=field, value=value):
            old = _written(getattr(before, field))
            return Step(kind="assign", field=field, before=old, after=_written(value))
        case Put(table=table, entry=entry, key=""):
            new = _written(entry)
            return Step(kind="add", field=table, key=name_of(entry), after=new)
        case Put(table=table, entry=entry, key=key):
            return Step(
                kind="change",
                field=table,
                key=name_of(entry),
                former_key=key,
                before=_written(_entry(before, table, key)),
                after=_written(entry),
            )
        case Drop(table=table, key=key):
            return Step(
                kind="drop",
                field=table,
                key=key,
                next_key=_next(before, table, key),
                before=_written(_entry(before, table, key)),
            )
        case Move(table=table, key=key):
            following = _next(before, table, key)
            return Step(kind="move", field=table, key=key, next_key=following)


def backwards(town: Town, change: TownDraftChange) -> tuple[Edit, ...]:
    """What undoes a change, as long as nothing else was done to its entry since."""
    table, key = change.field, change.key
    match change.kind:
        case "assign":
            was = mark(_value(table, change.after))
            return (Assign(field=table, value=_value(table, change.before), was=was),)
        case "add":
            return (Drop(table=table, key=key, was=_mark(table, change.after)),)
        case "change":
            was = _mark(table, change.after)
            former = _read(table, change.before)
            return (Put(table=table, entry=former, key=key, was=was),)
        case "drop":
            back = Put(table=table, entry=_read(table, change.before))
            return (back, *_to_its_place(town, change))
        case _:
            return _to_its_place(town, change)


def _to_its_place(town: Town, change: TownDraftChange) -> tuple[Edit, ...]:
    """Before what it stood before, or at the end if that is gone too."""
    names = {name_of(each) for each in entries_of(town, change.field)}
    before = change.next_key if change.next_key in names else ""
    return (Move(table=change.field, key=change.key, before=before),)


def _entry(town: Town, table: str, key: str) -> Part:
    entries = entries_of(town, table)
    return entries[place_of(entries, key)]


def _next(town: Town, table: str, key: str) -> str:
    entries = entries_of(town, table)
    following = entries[place_of(entries, key) + 1 :]
    return name_of(following[0]) if following else ""


def _written(value: object) -> str:
    return msgspec.json.encode(value).decode()


def _value(field: str, written: str | None) -> object:
    return msgspec.json.decode(written or "null", type=_types()[field])


def _read(table: str, written: str | None) -> Part:
    kind = get_args(_types()[table])[0]
    entry: Part = msgspec.json.decode(written or "null", type=kind)
    return entry


def _mark(table: str, written: str | None) -> str:
    return mark(_read(table, written))


@cache
def _types() -> dict[str, type]:
    return get_type_hints(Town)
