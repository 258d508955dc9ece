"""From a town to its file: the same town always gives the same text."""

from __future__ import annotations

from collections.abc import Iterator

import tomlkit
from msgspec import Struct
from msgspec.structs import FieldInfo, fields

from tenants.town import Choice, Dates, Rung, Season, TimeSpan, Town, Vacation

# Entries short enough to stand on one line each, in brackets.
INLINE = (Choice, Dates, Rung, Season, TimeSpan, Vacation)


def write(town: Town) -> str:
    """Canonical TOML: fields in the order of their documentation, defaults left out.

    Reading it gives the same town. Comments are lost, so the text a town was
    published from is kept as it was written; this is for towns made otherwise.
    """
    return "\n".join(_table(town, "")) + "\n"


def _table(part: Struct, name: str) -> Iterator[str]:
    """Plain fields first: after the header of another table they would be its own."""
    tables = []
    for known in _written(part):
        value = getattr(part, known.name)
        if _is_tables(value):
            tables.append((known.name, value))
        else:
            yield from _lines(known.name, value)
    for field, entries in tables:
        header = f"{name}.{field}" if name else field
        for entry in entries:
            yield ""
            yield f"[[{header}]]"
            yield from _table(entry, header)


def _written(part: Struct) -> Iterator[FieldInfo]:
    for known in fields(part):
        if known.required or getattr(part, known.name) != known.default:
            yield known


def _is_tables(value: object) -> bool:
    return (
        isinstance(value, tuple)
        and bool(value)
        and isinstance(value[0], Struct)
        and not isinstance(value[0], INLINE)
    )


def _lines(name: str, value: object) -> Iterator[str]:
    if isinstance(value, Struct):
        for known in _written(value):
            yield from _lines(f"{name}.{known.name}", getattr(value, known.name))
    elif isinstance(value, tuple) and value and isinstance(value[0], tuple | Struct):
        yield f"{name} = ["
        yield from (f"  {_inline(each)}," for each in value)
        yield "]"
    else:
        yield f"{name} = {_inline(value)}"


def _inline(value: object) -> str:
    match value:
        case Struct():
            parts = (
                line
                for known in _written(value)
                for line in _lines(known.name, getattr(value, known.name))
            )
            return f"{{ {', '.join(parts)} }}"
        case tuple():
            return f"[{', '.join(map(_inline, value))}]"
        case float() if value.is_integer():
            return str(int(value))
        case _:
            return tomlkit.item(value).as_string()
