"""The one place that reads the wall clock; everybody else takes time as an argument."""

from __future__ import annotations

import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta

from sqlalchemy import Engine, text

Clock = Callable[[], datetime]


def utc_now() -> datetime:
    return datetime.now(UTC)


class SharedClock:
    """The database's clock, which all workers share, asked twice a minute.

    In between it runs on by this machine's steady counter, so that a clock set
    wrong here, or set anew, moves no deadline.
    """

    ASK_EVERY = 30.0

    def __init__(self, engine: Engine) -> None:
        self._engine = engine
        self._asked, self._answer = self._ask()

    def __call__(self) -> datetime:
        since = time.monotonic() - self._asked
        if since > self.ASK_EVERY:
            self._asked, self._answer = self._ask()
            since = 0.0
        return self._answer + timedelta(seconds=since)

    def _ask(self) -> tuple[float, datetime]:
        with self._engine.connect() as connection:
            now: datetime = connection.execute(
                text("select clock_timestamp()")
            ).scalar_one()
        return time.monotonic(), now.astimezone(UTC)
