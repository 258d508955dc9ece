"""The workers' clock is the database's, and goes on when the database does not."""

from __future__ import annotations

import time

from sqlalchemy import Engine, create_engine

from townline.clock import SharedClock, utc_now
from townline.db import Database


class Impatient(SharedClock):
    """Asks at every look."""

    ASK_EVERY = 0.0


def test_it_shows_the_databases_time(database: Database) -> None:
    clock = SharedClock(database.engine)

    assert abs((clock() - utc_now()).total_seconds()) < 5


def test_it_never_goes_back(database: Database) -> None:
    clock = Impatient(database.engine)

    looks = [clock() for _ in range(20)]

    assert looks == sorted(looks)


def test_it_outlives_the_database(database: Database) -> None:
    clock = Impatient(database.engine)
    before, began = clock(), time.monotonic()
    clock.engine = _nowhere()

    after = clock()

    assert (after - before).total_seconds() <= time.monotonic() - began + 1
    assert after >= before


def _nowhere() -> Engine:
    return create_engine("postgresql://nobody@127.0.0.1:1/nothing")
