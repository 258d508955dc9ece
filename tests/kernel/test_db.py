from __future__ import annotations

from collections.abc import Iterator

import pytest
from sqlalchemy import Engine, select, text
from sqlalchemy.exc import OperationalError

from townline.db import Database
from townline.roles import APP, RoleUrls

ME = select(text("pg_backend_pid()"))


@pytest.fixture
def doubtful(urls: RoleUrls) -> Iterator[Database]:
    """One connection, which is tried whenever it has lain idle at all."""
    database = Database(urls.app, role=APP, connections=1, trusted=0.0)
    yield database
    database.dispose()


@pytest.fixture
def trusting(urls: RoleUrls) -> Iterator[Database]:
    database = Database(urls.app, role=APP, connections=1, trusted=3600.0)
    yield database
    database.dispose()


def end(sweeper: Engine, backend: int) -> None:
    with sweeper.begin() as connection:
        connection.execute(
            text("select pg_terminate_backend(:backend, 5000)"), {"backend": backend}
        )


def backend_of(database: Database) -> int:
    with database.everybody() as session:
        return int(session.scalars(ME).one())


def test_what_was_lost_while_it_lay_idle_is_replaced(
    doubtful: Database, sweeper: Engine
) -> None:
    lost = backend_of(doubtful)
    end(sweeper, lost)

    assert backend_of(doubtful) != lost


def test_what_was_lost_just_now_fails_once(trusting: Database, sweeper: Engine) -> None:
    lost = backend_of(trusting)
    end(sweeper, lost)

    with pytest.raises(OperationalError):
        backend_of(trusting)

    assert backend_of(trusting) != lost


def test_a_glance_is_no_transaction_and_leaves_none_behind(trusting: Database) -> None:
    with trusting.glance() as session:
        begun = text("select now() = statement_timestamp(), pg_backend_pid()")
        alone, backend = session.execute(begun).one()
        again, _ = session.execute(begun).one()

    assert (alone, again) == (True, True)
    with trusting.everybody() as session:
        session.execute(text("select 1"))
        same, here = session.execute(begun).one()
    assert (same, here) == (False, backend)
