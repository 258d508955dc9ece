"""Many rows in one statement: they travel as one JSON document and arrive as a table.

Such a statement is compiled and planned once, however many rows it is about, and
PostgreSQL takes the rows in the order in which they were given.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from typing import Any, TypeVar

import msgspec
from sqlalchemy import (
    ARRAY,
    JSON,
    ColumnElement,
    TableValuedAlias,
    Text,
    any_,
    bindparam,
    cast,
    column,
    func,
    literal,
)
from sqlalchemy.orm import InstrumentedAttribute

T = TypeVar("T")


def given(
    rows: Sequence[object], *columns: InstrumentedAttribute[Any]
) -> TableValuedAlias:
    """The rows as a table; each has fields that are named like these columns."""
    return _table(literal(packed(rows), Text), columns)


def to_be_given(*columns: InstrumentedAttribute[Any]) -> TableValuedAlias:
    """The same in a statement that is put together once: it is executed with the
    ``packed`` rows as its parameter ``given``."""
    return _table(bindparam("given", type_=Text), columns)


def packed(rows: Sequence[object]) -> str:
    return msgspec.json.encode(rows).decode()


def _table(
    document: ColumnElement[str], columns: Iterable[InstrumentedAttribute[Any]]
) -> TableValuedAlias:
    shape = (column(each.key, each.type) for each in columns)
    table = func.json_to_recordset(cast(document, JSON)).table_valued(
        *shape, name="given"
    )
    return table.render_derived(with_types=True)


def among(
    attribute: InstrumentedAttribute[T], values: Collection[T]
) -> ColumnElement[bool]:
    """Like ``in_``, with the values beside the statement instead of in it."""
    return attribute == any_(literal(list(values), ARRAY(attribute.type)))


def to_be_among(attribute: InstrumentedAttribute[T]) -> ColumnElement[bool]:
    """The same in a statement that is put together once: it is executed with the
    list of values as its parameter ``among``."""
    return attribute == any_(bindparam("among", type_=ARRAY(attribute.type)))
