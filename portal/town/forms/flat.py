"""A form laid out by hand: every field by its place in the file, on one level.

``questions.0.ask.en`` is the first question's English words, in the form as in the
file: so a fault of the file is found beside its field, and a part of the town and a
form of it are turned into each other without a list of fields.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from msgspec import Struct, inspect
from msgspec.structs import fields

from portal.town.forms.leaves import NO, leaf, written
from portal.town.forms.lists import reordered
from portal.town.forms.widgets import shape
from tenants.files.leaves import bare
from tenants.town import Part

Typed = Mapping[str, str]
# As the browser sends it; of what can be ticked there may be several.
Form = dict[str, Any]


def read(form: Mapping[str, object]) -> dict[str, str]:
    """As it was sent; what was ticked of a list stands in lines, as what is written."""
    return {name: _lines(value) for name, value in form.items()}


def typed_of(part: Part) -> dict[str, str]:
    """A part of the town as its form shows it; what is not ticked is not there."""
    return dict(_flat(part, ""))


def document_of(kind: type[Part], typed: Typed) -> dict[str, object]:
    """The same nested as in the file, for ``tenants.files.shaped``.

    What was left blank is not there, and what cannot be read stays as it was written.
    """
    return _struct(shape(kind), typed, "")


def count(typed: Typed, path: str) -> int:
    """How many entries a list of the form has."""
    return 1 + max((_number(name, path) for name in typed), default=-1)


def acted(typed: Typed, act: str) -> dict[str, str]:
    """The form after ``add questions``, ``remove``, ``up`` or ``down questions.2``."""
    verb, _, path = act.partition(" ")
    if verb == "add":
        return {**typed, f"{path}.{count(typed, path)}.key": ""}
    around, _, number = path.rpartition(".")
    if not number.isdecimal():
        return dict(typed)
    order = reordered(verb, int(number), among=count(typed, around))
    return _in_order(typed, around, order)


def said(typed: Typed, path: str, languages: Sequence[str]) -> str:
    """The words in the first of the languages that has any."""
    words = (typed.get(f"{path}.{each}", "").strip() for each in languages)
    return next(filter(None, words), "")


def _lines(value: object) -> str:
    if isinstance(value, list):
        return "\n".join(map(str, value))
    return str(value).replace("\r\n", "\n")


def _flat(value: object, path: str) -> Iterator[tuple[str, str]]:
    match value:
        case Struct():
            for known in fields(value):
                place = f"{path}.{known.name}" if path else known.name
                yield from _flat(getattr(value, known.name), place)
        case (Struct(), *_):
            for number, each in enumerate(value):
                yield from _flat(each, f"{path}.{number}")
        case tuple():
            if value:
                yield path, "\n".join(map(str, value))
        case None | False:
            return
        case _:
            yield path, written(value)


def _struct(kind: inspect.StructType, typed: Typed, path: str) -> dict[str, object]:
    found: dict[str, object] = {}
    for each in kind.fields:
        place = f"{path}.{each.name}" if path else each.name
        value = _value(bare(each.type), typed, place)
        if value not in ("", {}, []) or (value == {} and each.required):
            found[each.name] = value
    return found


def _value(kind: inspect.Type, typed: Typed, path: str) -> object:
    match kind:
        case inspect.StructType():
            return _struct(kind, typed, path)
        case inspect.VarTupleType(item_type=inspect.StructType() as item):
            places = (f"{path}.{number}" for number in range(count(typed, path)))
            return [_struct(item, typed, place) for place in places]
        case inspect.VarTupleType():
            lines = typed.get(path, "").split("\n")
            return [line.strip() for line in lines if line.strip()]
        case inspect.BoolType():
            return typed.get(path, NO) != NO
        case _:
            return leaf(kind, typed.get(path, "").strip())


def _number(name: str, path: str) -> int:
    rest = name.removeprefix(f"{path}.")
    number = rest.partition(".")[0]
    return int(number) if rest != name and number.isdecimal() else -1


def _in_order(typed: Typed, around: str, order: Sequence[int]) -> dict[str, str]:
    """The list's entries in another order; what is not named is gone."""
    places = {old: new for new, old in enumerate(order)}
    found: dict[str, str] = {}
    for name, value in typed.items():
        number = _number(name, around)
        if number < 0:
            found[name] = value
        elif number in places:
            rest = name.removeprefix(f"{around}.{number}")
            found[f"{around}.{places[number]}{rest}"] = value
    return found
