"""What stands in the fields of a form: texts, lists of them and groups by name."""

from __future__ import annotations

from typing import TypeAlias

from msgspec import NODEFAULT, Struct, inspect

from portal.town.forms.leaves import written
from tenants.files.leaves import bare

Typed: TypeAlias = "str | list[Typed] | dict[str, Typed]"
Group = dict[str, Typed]


def typed(value: object) -> Typed:
    """A part of the town as its form would have it."""
    match value:
        case Struct():
            return group(value)
        case tuple():
            return [typed(each) for each in value]
        case _:
            return written(value)


def group(part: Struct) -> Group:
    return {name: typed(getattr(part, name)) for name in part.__struct_fields__}


def blank(kind: inspect.StructType) -> Group:
    """A new one: what has a default shows it."""
    return {each.name: _blank(each) for each in kind.fields}


def texts(value: Typed | None) -> list[str]:
    """The texts of a list, whatever else was sent in their place."""
    found = value if isinstance(value, list) else []
    return [each for each in found if isinstance(each, str)]


def groups(value: Typed | None) -> list[Group]:
    found = value if isinstance(value, list) else []
    return [each for each in found if isinstance(each, dict)]


def text(value: Typed | None) -> str:
    return value if isinstance(value, str) else ""


def _blank(field: inspect.Field) -> Typed:
    if field.default is not NODEFAULT:
        return typed(field.default)
    match bare(field.type):
        case inspect.StructType() as struct:
            return blank(struct)
        case inspect.VarTupleType():
            return []
        case _:
            return ""
