"""How long the claims of a dead worker stay in its name, by plain SQL."""

from __future__ import annotations

import time
from collections.abc import Mapping
from contextlib import suppress
from dataclasses import dataclass, field
from threading import Event, Thread

import psycopg

LOOK_EVERY = 0.02
# A claim is orphaned while the lock of its worker is free. Whoever looks whether it is
# holds it for an instant: what was orphaned once stays so until the claim is over.
OPEN = """
select id::text, lease, not exists (
  select from pg_locks
  where locktype = 'advisory' and granted
  and classid = 1886743920 and objid = holder
)
from notification where state = 'sending' and holder is not null
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
                    found = line.execute(OPEN).fetchall()
                    self._compare({(id, lease): lone for id, lease, lone in found})
            self._over.wait(LOOK_EVERY)

    def _compare(self, open_claims: Mapping[Claim, bool]) -> None:
        now = time.monotonic()
        for claim in self._since.keys() - open_claims.keys():
            self.seconds.append(now - self._since.pop(claim))
        for claim, is_orphaned in open_claims.items():
            if is_orphaned:
                self._since.setdefault(claim, now)
