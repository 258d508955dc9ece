"""The single values in a file: which type each field takes, and within what bounds."""

from __future__ import annotations

import re
from datetime import date, datetime, time

from msgspec import inspect


def bare(kind: inspect.Type) -> inspect.Type:
    """The type itself: without its description, and without the None of an option.

    TOML has no None; a field that is absent is not built at all.
    """
    match kind:
        case inspect.Metadata():
            return bare(kind.type)
        case inspect.UnionType():
            return bare(kind.types[0])
        case _:
            return kind


def is_a(kind: inspect.Type, value: object) -> bool:
    match kind:
        case inspect.LiteralType():
            return any(type(value) is type(e) and value == e for e in kind.values)
        case inspect.FloatType():
            return type(value) in (int, float)
        case inspect.TupleType():
            return (
                isinstance(value, list)
                and len(value) == len(kind.item_types)
                and all(map(is_a, kind.item_types, value))
            )
        case _:
            return type(value) is _PYTHON[type(kind)]


def is_allowed(kind: inspect.Type, value: object) -> bool:
    """Whether a value of the right type is one of those the field may take."""
    match kind, value:
        case inspect.StrType(pattern=str(pattern)), str():
            return re.fullmatch(pattern, value) is not None
        case (inspect.IntType() | inspect.FloatType()) as number, int() | float():
            return (
                (number.ge is None or value >= number.ge)
                and (number.gt is None or value > number.gt)
                and (number.le is None or value <= number.le)
            )
        case inspect.DateTimeType(), datetime():
            return value.tzinfo is None
        case _:
            return True


def exact(kind: inspect.Type, value: object) -> object:
    """The value as the town holds it; times that name an offset lose it."""
    match kind, value:
        case inspect.FloatType(), int() | float():
            return float(value)
        case inspect.TupleType(), list():
            return tuple(map(exact, kind.item_types, value))
        case inspect.DateTimeType(), datetime():
            return value.replace(tzinfo=None)
        case _:
            return value


def stand_in(kind: inspect.Type) -> object:
    """Some value of a type, for a field at fault; what hangs on it is not reported."""
    match kind:
        case inspect.StructType():
            needed = (each for each in kind.fields if each.required)
            return kind.cls(**{e.name: stand_in(bare(e.type)) for e in needed})
        case inspect.VarTupleType():
            return ()
        case inspect.TupleType():
            return tuple(stand_in(each) for each in kind.item_types)
        case inspect.LiteralType():
            return kind.values[0]
        case _:
            return _STAND_INS[type(kind)]


_PYTHON: dict[type[inspect.Type], type] = {
    inspect.StrType: str,
    inspect.IntType: int,
    inspect.BoolType: bool,
    inspect.DateTimeType: datetime,
    inspect.DateType: date,
    inspect.TimeType: time,
}
_STAND_INS: dict[type[inspect.Type], object] = {
    inspect.StrType: "",
    inspect.IntType: 1,
    inspect.FloatType: 1.0,
    inspect.BoolType: False,
    inspect.DateTimeType: datetime.fromisoformat("2000-01-01T00:00"),
    inspect.DateType: date(2000, 1, 1),
    inspect.TimeType: time(),
}
