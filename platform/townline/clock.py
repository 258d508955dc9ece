"""The one place that reads the wall clock; everybody else takes time as an argument."""

from __future__ import annotations

import time
from collections.abc import Callable
from contextlib import suppress
from datetime import UTC, datetime, timedelta

from sqlalchemy import Engine, text
from sqlalchemy.exc import OperationalError

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    return datetime.now(UTC)


class SharedClock:
    """The database's clock, which all workers share, asked twice a minute.

    In between, and while the database does not answer, it runs on by this machine's
    steady counter, so that a clock set wrong here, or set anew, moves no deadline.
    """

    ASK_EVERY = 30.0

    def __init__(self, engine: Engine) -> None:
        self.engine = engine
        self._known = self._ask()  # one value, so that threads never mix two answers

    def __call__(self) -> datetime:
        if time.monotonic() - self._tried > self.ASK_EVERY:
            with suppress(OperationalError):
                self._known = self._ask()
        asked, answer = self._known
        return answer + timedelta(seconds=time.monotonic() - asked)

    def _ask(self) -> tuple[float, datetime]:
        self._tried = time.monotonic()
        with self.engine.connect() as connection:
            now: datetime = connection.execute(
                text("select clock_timestamp()")
            ).scalar_one()
        return time.monotonic(), now.astimezone(UTC)
