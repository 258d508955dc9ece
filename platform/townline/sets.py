"""Many rows in one statement: they travel as one JSON document and arrive as a table.

Such a statement is compiled and planned once, however many rows it is about, and
PostgreSQL takes the rows in the order in which they were given.
"""

from __future__ import annotations

from collections.abc import Collection, Sequence
from typing import Any, TypeVar

import msgspec
from sqlalchemy import (
    ARRAY,
    JSON,
    ColumnElement,
    TableValuedAlias,
    Text,
    any_,
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
    document = literal(msgspec.json.encode(rows).decode(), Text)
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
