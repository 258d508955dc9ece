"""Statements that are said thousands of times an hour.

SQLAlchemy puts each together once; from then on the driver alone carries it out, on
the connection of the transaction that is open, and PostgreSQL keeps its plan. What
comes back are plain values: nothing of it is an object that a session watches.
"""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import msgspec
import psycopg
from sqlalchemy import JSON, Column, bindparam
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import make_transient_to_detached
from sqlalchemy.orm.attributes import set_committed_value
from sqlalchemy.sql import ClauseElement

from townline.db import new_id
from townline.tenancy import TenantOwned, TenantSession

_DIALECT = PGDialect_psycopg()  # type: ignore[no-untyped-call] # SQLAlchemy's own


class NamesNoTown(Exception):
    """A prepared statement has no parameter ``town``: it would look at all of them."""


class Prepared:
    """One statement about one town, which is its parameter ``town``.

    Parameters go to PostgreSQL as they are, an instant with its zone; instants come
    back in the connection's zone, which is UTC.
    """

    def __init__(self, statement: ClauseElement) -> None:
        compiled = statement.compile(dialect=_DIALECT)
        self._words = str(compiled).encode()
        self._known: dict[str, Any] = dict(compiled.params or {})
        if "town" not in self._known:
            raise NamesNoTown

    def __call__(self, db: TenantSession, **asked: object) -> list[tuple[Any, ...]]:
        """The rows it returns; none of a statement that returns nothing."""
        session = db.session
        # As any statement of a session, it sees what was added before it.
        session.flush()
        connection: Any = session.connection().connection.driver_connection
        try:
            cursor = connection.execute(
                self._words, {**self._known, **asked, "town": db.tenant_id}
            )
            return cursor.fetchall() if cursor.description else []
        except psycopg.Error as fault:
            # Whoever asks knows the faults under SQLAlchemy's names.
            raise DBAPIError.instance(
                self._words.decode(), None, fault, psycopg.Error
            ) from fault


class Insertion:
    """Writes one new row, whole; what the row says nothing of is null.

    Afterwards the session has the row, as if it had been read. With ``once`` it says
    False, and writes nothing, where a row with one of its keys is there already.
    """

    def __init__(self, model: type[TenantOwned], *, once: bool = False) -> None:
        self._columns: list[Column[Any]] = list(model.__table__.columns)  # type: ignore[attr-defined]
        given = {
            each.name: bindparam(_parameter(each), type_=each.type)
            for each in self._columns
        }
        row = insert(model).values(given)
        fresh = row.on_conflict_do_nothing() if once else row
        self._insert = Prepared(fresh.returning(model.id))

    def __call__(self, db: TenantSession, row: TenantOwned) -> bool:
        row.tenant_id = db.tenant_id
        if "id" not in vars(row):
            row.id = new_id()
        if not self._insert(db, **dict(self._values(row))):
            return False
        make_transient_to_detached(row)
        db.session.add(row)
        return True

    def _values(self, row: TenantOwned) -> Iterator[tuple[str, object]]:
        said = vars(row)
        for column in self._columns:
            if column.name not in said:
                set_committed_value(row, column.name, None)
            value = said[column.name]
            if isinstance(column.type, JSON) and value is not None:
                value = msgspec.json.encode(value).decode()
            yield _parameter(column), value


def _parameter(column: Column[Any]) -> str:
    return "town" if column.name == "tenant_id" else column.name
