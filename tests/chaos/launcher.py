"""A worker that dies at a named instant; without a name, a worker like any other.

``CHAOS_FAIL_POINT=after_http:2:SIGKILL`` has it killed when it comes to that point the
second time; SIGSTOP puts it to sleep there. Only this launcher reads it: the worker is
the product's own, and is watched from outside, by the statements it sends.
"""

from __future__ import annotations

import os
import signal
import sys
import threading
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import Any, ClassVar, Self

import psycopg
from psycopg.abc import Query
from sqlalchemy import Connection, Engine, event
from sqlalchemy.orm import Session

from townline import logs
from townline.entrypoints import worker
from townline.settings import Settings

VARIABLE = "CHAOS_FAIL_POINT"
# In the order in which one message passes them.
FAIL_POINTS = ("after_intent", "after_http", "before_commit", "after_commit")
INTENT, OUTCOME = "INSERT INTO attempt ", "UPDATE attempt SET sid"


class Watched(psycopg.Cursor[Any]):
    """Through one of these goes all that is said to PostgreSQL, whoever says it."""

    about_to_say: ClassVar[Callable[[str], None]]

    def execute(self, query: Query, *asked: Any, **options: Any) -> Self:  # noqa: ANN401 - passed on
        words = query.decode() if isinstance(query, bytes) else str(query)
        type(self).about_to_say(words)
        return super().execute(query, *asked, **options)


def _watch(connection: psycopg.Connection, record: object) -> None:
    connection.cursor_factory = Watched


@dataclass(slots=True)
class FailPoint:
    """Counts the transactions that write intents or outcomes, each in its thread."""

    name: str
    left: int
    blow: signal.Signals = signal.SIGKILL
    wrote: threading.local = field(default_factory=threading.local)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def arm(self) -> None:
        Watched.about_to_say = self._stated
        event.listen(Engine, "connect", _watch)
        event.listen(Engine, "commit", self._committing)
        event.listen(Session, "after_commit", self._committed)

    def reach(self, name: str) -> None:
        if name != self.name:
            return
        with self.lock:
            self.left -= 1
            if self.left == 0:
                os.kill(os.getpid(), self.blow)

    def _stated(self, statement: str) -> None:
        if statement.startswith(INTENT):
            self.wrote.what = "intent"
        elif statement.startswith(OUTCOME):
            self.wrote.what = "outcome"
            self.reach("after_http")

    def _committing(self, connection: Connection) -> None:
        if getattr(self.wrote, "what", "") == "outcome":
            self.reach("before_commit")

    def _committed(self, session: Session) -> None:
        wrote, self.wrote.what = getattr(self.wrote, "what", ""), ""
        if wrote == "intent":
            self.reach("after_intent")
        elif wrote == "outcome":
            self.reach("after_commit")


def main() -> None:
    logs.configure()
    threading.Thread(target=_leave_with_whoever_started_us, daemon=True).start()
    if order := os.environ.get(VARIABLE):
        name, times, blow = order.split(":")
        FailPoint(name, int(times), signal.Signals[blow]).arm()
    worker.work(Settings.from_env())


def _leave_with_whoever_started_us() -> None:
    """Our input ends when they do, even if they are killed."""
    os.read(sys.stdin.fileno(), 1)
    os._exit(1)


if __name__ == "__main__":
    main()
