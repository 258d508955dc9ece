"""The recurring work of relays: one line, harmless when repeated."""

from __future__ import annotations

from escalation import sweep
from townline.clock import Clock
from townline.db import Database


def tick(database: Database, clock: Clock) -> None:
    sweep.tick(database, at=clock())
