"""One value of the town's file as the text that stands in its field, and back."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from contextlib import suppress
from datetime import date, datetime, time

from msgspec import inspect

YES, NO = "yes", "no"


def written(value: object) -> str:
    match value:
        case None:
            return ""
        case bool():
            return YES if value else NO
        case datetime() | time():
            return value.isoformat(timespec="seconds").removesuffix(":00")
        case float() if value.is_integer():
            return str(int(value))
        case _:
            return str(value)


def leaf(kind: inspect.Type, text: str) -> object:
    """What cannot be read stays a text, and is refused with what was expected."""
    match kind:
        case inspect.BoolType():
            return text == YES
        case inspect.LiteralType(values=values):
            return next((each for each in values if str(each) == text), text)
        case _:
            with suppress(ValueError):
                return _READERS.get(type(kind), str)(text)
            return text


def _wall_time(text: str) -> time:
    """Without an offset: times are the town's own."""
    found = time.fromisoformat(text)
    if found.tzinfo is not None:
        raise ValueError
    return found


def _number(text: str) -> float:
    """With a French comma too."""
    return float(text.replace(",", "."))


_READERS: Mapping[type[inspect.Type], Callable[[str], object]] = {
    inspect.IntType: int,
    inspect.FloatType: _number,
    inspect.DateType: date.fromisoformat,
    inspect.TimeType: _wall_time,
    inspect.DateTimeType: datetime.fromisoformat,
}
