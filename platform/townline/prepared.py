"""Statements that are said thousands of times an hour.

SQLAlchemy puts each together once; from then on the driver alone carries it out, on
the connection of the transaction that is open, and PostgreSQL keeps its plan. What
comes back are plain values: nothing of it is an object that a session watches.
"""

from __future__ import annotations

from typing import Any

import psycopg
from sqlalchemy.dialects.postgresql.psycopg import PGDialect_psycopg
from sqlalchemy.exc import DBAPIError
from sqlalchemy.sql import ClauseElement

from townline.tenancy import TenantSession

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
