"""The declarative base, column types, and the database as one process sees it."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime
from time import monotonic
from uuid import UUID

import msgspec
import psycopg
from sqlalchemy import DateTime, Dialect, Engine, MetaData, create_engine, event, text
from sqlalchemy.engine.interfaces import DBAPIConnection
from sqlalchemy.exc import InvalidatePoolError
from sqlalchemy.orm import DeclarativeBase, Session, sessionmaker
from sqlalchemy.pool import ConnectionPoolEntry
from sqlalchemy.types import TypeDecorator
from uuid_utils.compat import uuid7

from townline.roles import refuse_wrong_role

# A process that was stopped in mid-transaction must not hold a town's rows, and one
# that waits behind it gives up and tries anew. PgBouncer needs to be told to let
# these through (ignore_startup_parameters = options) and the roles to have them.
BRISK = "-c lock_timeout=10s -c idle_in_transaction_session_timeout=60s"
# Instants come back in UTC, also to those who ask the driver itself.
IN_UTC = "-c timezone=UTC"
# Seconds after which a connection that nobody used is tried before it is trusted. One
# that was lost sooner is noticed by whoever uses it, and takes all others with it.
TRUSTED = 1.0


def new_id() -> UUID:
    """A UUIDv7: unique without asking the database, and sorted by time on disk."""
    return uuid7()


class UTCDateTime(TypeDecorator[datetime]):
    """An aware instant; naive values are refused, and what comes back is in UTC."""

    impl = DateTime(timezone=True)
    cache_ok = True

    def process_bind_param(
        self, value: datetime | None, dialect: Dialect
    ) -> datetime | None:
        if value is not None and value.tzinfo is None:
            raise ValueError("naive datetime")
        return value

    def process_result_value(
        self, value: datetime | None, dialect: Dialect
    ) -> datetime | None:
        return value and value.astimezone(UTC)


class Base(DeclarativeBase):
    metadata = MetaData(
        naming_convention={
            "ix": "ix_%(table_name)s_%(column_0_N_name)s",
            "uq": "uq_%(table_name)s_%(column_0_N_name)s",
            "fk": "fk_%(table_name)s_%(referred_table_name)s",
            "ck": "ck_%(table_name)s_%(constraint_name)s",
            "pk": "pk_%(table_name)s",
        }
    )
    type_annotation_map = {datetime: UTCDateTime}  # noqa: RUF012 - SQLAlchemy's spelling


class Database:
    """One role's way into PostgreSQL. Who opens a session commits it by leaving."""

    def __init__(
        self, url: str, *, role: str, connections: int = 20, trusted: float = TRUSTED
    ) -> None:
        self.url = url
        self.engine = create_engine(
            url,
            pool_size=connections,
            max_overflow=0,
            # Those just used again: a few are busy, and have everything at hand.
            pool_use_lifo=True,
            connect_args={"options": f"{BRISK} {IN_UTC}"},
            json_deserializer=msgspec.json.decode,
        )
        _try_what_lay_idle(self.engine, trusted=trusted)
        with self.engine.connect() as connection:
            refuse_wrong_role(connection, expected=role)
        self._sessions = sessionmaker(self.engine, expire_on_commit=False)
        alone = self.engine.execution_options(isolation_level="AUTOCOMMIT")
        self._glances = sessionmaker(alone)

    @contextmanager
    def everybody(self) -> Iterator[Session]:
        """A transaction of no town: global tables, and an engine's sweeps."""
        with self._sessions.begin() as session:
            yield session

    @contextmanager
    def glance(self) -> Iterator[Session]:
        """For one statement that reads global tables: it is its own transaction."""
        with self._glances() as session:
            yield session

    @contextmanager
    def session(self, **info: object) -> Iterator[Session]:
        """A transaction whose first statement sets what row security may show."""
        with self._sessions(info=info) as session, session.begin():
            yield session

    def ready(self) -> bool:
        with self.engine.connect() as connection:
            return bool(connection.execute(text("select true")).scalar_one())

    def dispose(self) -> None:
        self.engine.dispose()


def _try_what_lay_idle(engine: Engine, *, trusted: float) -> None:
    """As SQLAlchemy's ``pool_pre_ping``, which asks before every transaction."""

    @event.listens_for(engine, "checkin")
    def remember(connection: object, record: ConnectionPoolEntry) -> None:
        record.info["used"] = monotonic()

    @event.listens_for(engine, "checkout")
    def ask(
        connection: DBAPIConnection, record: ConnectionPoolEntry, _: object
    ) -> None:
        now = monotonic()
        if now - record.info.get("used", now) <= trusted:
            return
        try:
            engine.dialect.do_ping(connection)
        except psycopg.Error as lost:
            raise InvalidatePoolError from lost
