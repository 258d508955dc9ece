"""Which way of asking suits a field, from its type and its words."""

from __future__ import annotations

from functools import cache
from typing import Literal, cast

from msgspec import inspect

from portal.town.forms.words import Words
from tenants.files.leaves import bare
from tenants.town import Part, Text
from tenants.town.fields import Color, Email, Phone

Widget = Literal[
    "words",
    "group",
    "repeated",
    "order",
    "ticks",
    "lines",
    "tick",
    "one",
    "select",
    "tel",
    "email",
    "color",
    "long",
    "line",
    "number",
    "day",
    "time",
    "moment",
]


def widget(kind: inspect.Type, words: Words) -> Widget:
    match bare(kind):
        case inspect.StructType(cls=cls):
            return "words" if cls is Text else "group"
        case inspect.VarTupleType(item_type=item):
            return _of_list(bare(item), words)
        case inspect.StrType(pattern=pattern):
            return _of_text(pattern, words)
        case plain:
            return _PLAIN[type(plain)]


@cache
def shape(kind: type[Part]) -> inspect.StructType:
    return cast(inspect.StructType, inspect.type_info(kind))


def part_of(kind: inspect.StructType) -> type[Part]:
    return cast("type[Part]", kind.cls)


def _of_list(item: inspect.Type, words: Words) -> Widget:
    if isinstance(item, inspect.StructType):
        return "repeated"
    if words.in_order:
        return "order"
    return "ticks" if words.among or words.answers else "lines"


def _of_text(pattern: str | None, words: Words) -> Widget:
    if words.among:
        return "select"
    if words.is_long:
        return "long"
    return _PATTERNS.get(pattern, "line")


def _pattern(kind: object) -> str | None:
    text = bare(inspect.type_info(kind))
    return text.pattern if isinstance(text, inspect.StrType) else None


_PATTERNS: dict[str | None, Widget] = {
    _pattern(Phone): "tel",
    _pattern(Email): "email",
    _pattern(Color): "color",
}
_PLAIN: dict[type[inspect.Type], Widget] = {
    inspect.BoolType: "tick",
    inspect.LiteralType: "one",
    inspect.IntType: "number",
    inspect.FloatType: "number",
    inspect.DateType: "day",
    inspect.TimeType: "time",
    inspect.DateTimeType: "moment",
}
