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
    return "\n".join(table(town, "")) + "\n"


def table(part: Struct, name: str) -> Iterator[str]:
    """Plain fields first: after the header of another table they would be its own."""
    tables = []
    for known in written(part):
        value = getattr(part, known.name)
        if is_tables(value):
            tables.append((known.name, value))
        else:
            yield from lines(known.name, value)
    for field, entries in tables:
        header = f"{name}.{field}" if name else field
        for entry in entries:
            yield ""
            yield from headed(entry, header)


def headed(entry: Struct, header: str) -> Iterator[str]:
    """One entry of a list, under its header in double brackets."""
    yield f"[[{header}]]"
    yield from table(entry, header)


def written(part: Struct) -> Iterator[FieldInfo]:
    for known in fields(part):
        if is_written(known, getattr(part, known.name)):
            yield known


def is_written(known: FieldInfo, value: object) -> bool:
    """What a field has by default anyway is not written down."""
    return known.required or value != known.default


def is_tables(value: object) -> bool:
    return (
        isinstance(value, tuple)
        and bool(value)
        and isinstance(value[0], Struct)
        and not isinstance(value[0], INLINE)
    )


def lines(name: str, value: object) -> Iterator[str]:
    if isinstance(value, Struct) and any(written(value)):
        for known in written(value):
            yield from lines(f"{name}.{known.name}", getattr(value, known.name))
    elif isinstance(value, tuple) and value and isinstance(value[0], tuple | Struct):
        yield f"{name} = ["
        yield from (f"  {inline(each)}," for each in value)
        yield "]"
    else:
        yield f"{name} = {inline(value)}"


def inline(value: object) -> str:
    """A value on one line."""
    match value:
        case Struct():
            parts = ", ".join(_parts(value, ""))
            return f"{{ {parts} }}" if parts else "{}"
        case tuple():
            return f"[{', '.join(map(inline, value))}]"
        case float() if value.is_integer():
            return str(int(value))
        case _:
            return tomlkit.item(value).as_string()


def _parts(part: Struct, under: str) -> Iterator[str]:
    for known in written(part):
        name, value = f"{under}{known.name}", getattr(part, known.name)
        if isinstance(value, Struct) and any(written(value)):
            yield from _parts(value, f"{name}.")
        else:
            yield f"{name} = {inline(value)}"
