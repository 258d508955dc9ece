"""The one place that reads the wall clock; everybody else takes time as an argument."""

from __future__ import annotations

from collections.abc import Callable
from datetime import UTC, datetime

from sqlalchemy import Connection, text

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    return datetime.now(UTC)


def database_now(connection: Connection) -> datetime:
    """The database's clock, which all workers share; not the transaction's start."""
    now: datetime = connection.execute(text("select clock_timestamp()")).scalar_one()
    return now.astimezone(UTC)
