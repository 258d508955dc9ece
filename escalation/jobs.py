"""The recurring work of relays: one line, and harmless when repeated."""

from __future__ import annotations

from datetime import datetime

from escalation import sweep
from townline.db import Database


def tick(database: Database, *, at: datetime) -> int:
    return sweep.tick(database, at=at)
