"""What a field takes, and what it was given, in words that complete a sentence.

Whoever edits a file is told of quotes and brackets; whoever fills in a page is not.
"""

from __future__ import annotations

import json
from datetime import date, datetime, time
from typing import Literal

from msgspec import inspect

from tenants.files.leaves import bare
from townline.i18n import gettext

Medium = Literal["file", "page"]
# Enough of a wrong value to recognize it by.
SHOWN = 40


def lacking(kind: inspect.Type, medium: Medium) -> str:
    wanted = expected(kind, medium)
    if medium == "page":
        return gettext("Fill this in: {expected}.").format(expected=wanted)
    return gettext("Add this field: {expected}.").format(expected=wanted)


def too_few(kind: inspect.VarTupleType, medium: Medium) -> str:
    if medium == "page":
        return gettext("At least {number} is needed here.").format(
            number=kind.min_length
        )
    return gettext("Write {expected}; at least {number}.").format(
        expected=expected(kind, medium), number=kind.min_length
    )


def refused(kind: inspect.Type, value: object, medium: Medium) -> str:
    if medium == "page" and value == "":
        return lacking(kind, medium)
    return gettext("Write {expected} instead of {written}.").format(
        expected=expected(kind, medium), written=shown(value)
    )


def expected(kind: inspect.Type, medium: Medium = "file") -> str:
    if described := _description(kind):
        return gettext(described)
    match bare(kind):
        case inspect.LiteralType() as literal:
            return _one_of(literal, medium)
        case (inspect.IntType() | inspect.FloatType()) as number:
            return _number(number)
        case inspect.VarTupleType() as list_of:
            return _list(list_of.item_type, medium)
        case inspect.StructType() as table if medium == "file":
            names = ", ".join(each.name for each in table.fields)
            return gettext("its fields by name: {names}").format(names=names)
        case plain:
            return _plain(plain, medium)


def shown(value: object) -> str:
    """A value as the file would have it, cut short."""
    match value:
        case dict():
            return gettext("a table")
        case list():
            return gettext("a list")
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


def _one_of(literal: inspect.LiteralType, medium: Medium) -> str:
    if medium == "page":
        return gettext("one of the answers that are offered")
    values = [shown(each) for each in literal.values]
    if len(values) == 1:
        return values[0]
    return gettext("one of {values}").format(values=", ".join(values))


def _number(kind: inspect.IntType | inspect.FloatType) -> str:
    least = kind.gt if kind.ge is None else kind.ge
    if isinstance(kind, inspect.IntType):
        words = gettext("a whole number from {least} to {most}")
    elif kind.ge is None:
        words = gettext("a number above {least} and up to {most}")
    else:
        words = gettext("a number from {least} to {most}")
    return words.format(least=f"{least:g}", most=f"{kind.le:g}")


def _list(item: inspect.Type, medium: Medium) -> str:
    if medium == "page":
        return gettext("at least one")
    if isinstance(bare(item), inspect.StructType):
        return gettext("tables, each under this name in double brackets")
    words = gettext("a list in brackets, each item {expected}")
    return words.format(expected=expected(item))


def _plain(kind: inspect.Type, medium: Medium) -> str:
    said = _ON_PAGES if medium == "page" else _IN_FILES
    words, example = said[type(kind)]
    return gettext(words).format(example=example)


# Examples stand beside their words, since they are the same in every language.
_IN_FILES: dict[type[inspect.Type], tuple[str, str]] = {
    inspect.StrType: ("a text in quotes", ""),
    inspect.BoolType: ("true or false", ""),
    inspect.DateTimeType: (
        "a local day and time, as in {example}",
        "2026-02-09T08:00:00",
    ),
    inspect.DateType: ("a day, as in {example}", "2026-12-24"),
    inspect.TimeType: ("a time, as in {example}", "08:00:00"),
    inspect.TupleType: (
        "a longitude and a latitude, as in {example}",
        "[-87.9, 41.8]",
    ),
}
_ON_PAGES: dict[type[inspect.Type], tuple[str, str]] = _IN_FILES | {
    inspect.StrType: ("a few words", ""),
    inspect.StructType: ("a few words", ""),
    inspect.BoolType: ("yes or no", ""),
    inspect.DateTimeType: ("a day and a time, as in {example}", "2026-02-09 08:00"),
    inspect.TimeType: ("a time, as in {example}", "08:00"),
}
