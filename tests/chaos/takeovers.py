"""How long the claims of a dead worker stay in its name, by plain SQL."""

from __future__ import annotations

import time
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Event, Thread

import psycopg

LOOK_EVERY = 0.02
# In "sending" under the name of a worker whose lock is free: nobody works on it.
ORPHANED = """
select id::text, lease from notification
where state = 'sending' and holder is not null and not exists (
  select from pg_locks
  where locktype = 'advisory' and granted
  and classid = 1886743920 and objid = holder
)
"""
Claim = tuple[str, int]


@dataclass(slots=True)
class Takeovers:
    admin_url: str
    seconds: list[float] = field(default_factory=list)
    _since: dict[Claim, float] = field(default_factory=dict)
    _over: Event = field(default_factory=Event)
    _thread: Thread | None = None

    def begin(self) -> None:
        self._thread = Thread(target=self._watch, name="takeovers")
        self._thread.start()

    def end(self) -> None:
        self._over.set()
        if self._thread:
            self._thread.join()

    def within(self, share: float) -> float:
        """The seconds after which ``share`` of the claims had been taken over."""
        ordered = sorted(self.seconds)
        return ordered[min(int(len(ordered) * share), len(ordered) - 1)]

    def _watch(self) -> None:
        """Again and again: PostgreSQL may be killed while we look."""
        while not self._over.is_set():
            with (
                suppress(psycopg.Error),
                psycopg.connect(self.admin_url, autocommit=True) as line,
            ):
                while not self._over.wait(LOOK_EVERY):
                    found = line.execute(ORPHANED).fetchall()
                    self._compare({(row[0], row[1]) for row in found})
            self._over.wait(LOOK_EVERY)

    def _compare(self, orphaned: set[Claim]) -> None:
        now = time.monotonic()
        for claim in self._since.keys() - orphaned:
            self.seconds.append(now - self._since.pop(claim))
        for claim in orphaned - self._since.keys():
            self._since[claim] = now
