"""The recurring work of relays: one line, and harmless when repeated."""

from __future__ import annotations

from datetime import datetime

from escalation import nightly, sweep
from townline.db import Database


def tick(database: Database, *, at: datetime) -> int:
    return sweep.tick(database, at=at)


def warn(database: Database, *, at: datetime) -> int:
    return nightly.warn(database, at=at)


def conform(database: Database, *, at: datetime) -> int:
    return nightly.conform(database, at=at)
