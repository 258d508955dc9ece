"""What a field takes, and what it was given, in words that complete a sentence."""

from __future__ import annotations

import json
from datetime import date, datetime, time

from msgspec import inspect

from tenants.files.leaves import bare

# Enough of a wrong value to recognize it by.
SHOWN = 40


def expected(kind: inspect.Type) -> str:
    if described := _description(kind):
        return described
    match bare(kind):
        case inspect.LiteralType() as literal:
            return _one_of([shown(each) for each in literal.values])
        case (inspect.IntType() | inspect.FloatType()) as number:
            return _number(number)
        case inspect.VarTupleType() as list_of:
            return _list(list_of.item_type)
        case inspect.StructType() as table:
            return f"its fields by name: {', '.join(e.name for e in table.fields)}"
        case plain:
            return _PLAIN[type(plain)]


def shown(value: object) -> str:
    """A value as the file would have it, cut short."""
    match value:
        case dict():
            return "a table"
        case list():
            return "a list"
        case datetime() | date() | time():
            return value.isoformat()
        case float() if value.is_integer():
            return str(int(value))
        case _:
            written = json.dumps(value, ensure_ascii=False)
            return written if len(written) <= SHOWN else f"{written[:SHOWN]}…"


def _description(kind: inspect.Type) -> str:
    match kind:
        case inspect.Metadata(extra_json_schema={"description": str(description)}):
            return description
        case inspect.UnionType():
            return _description(kind.types[0])
        case _:
            return ""


def _one_of(values: list[str]) -> str:
    return values[0] if len(values) == 1 else f"one of {', '.join(values)}"


def _number(kind: inspect.IntType | inspect.FloatType) -> str:
    name = "a whole number" if isinstance(kind, inspect.IntType) else "a number"
    if kind.ge is not None:
        return f"{name} from {kind.ge:g} to {kind.le:g}"
    return f"{name} above {kind.gt:g} and up to {kind.le:g}"


def _list(item: inspect.Type) -> str:
    if isinstance(bare(item), inspect.StructType):
        return "tables, each under this name in double brackets"
    return f"a list in brackets, each item {expected(item)}"


_PLAIN: dict[type[inspect.Type], str] = {
    inspect.StrType: "a text in quotes",
    inspect.BoolType: "true or false",
    inspect.DateTimeType: "a local day and time, as in 2026-02-09T08:00:00",
    inspect.DateType: "a day, as in 2026-12-24",
    inspect.TimeType: "a time, as in 08:00:00",
    inspect.TupleType: "a longitude and a latitude, as in [-87.9, 41.8]",
}
