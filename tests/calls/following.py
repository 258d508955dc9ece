"""What became of a call, once the carrier has reported it: a moment later."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import TypeVar
from uuid import UUID

from calls import Call
from townline.db import Database
from townline.tenancy import town

# Ten seconds in hundredths: longer than any report takes on a busy machine.
LOOKS = 1000


def the_call(database: Database, tenant_id: UUID) -> Call:
    with town(database, tenant_id) as db:
        return db.session.scalars(db.rows(Call)).one()


def until(database: Database, tenant_id: UUID, is_so: Callable[[Call], bool]) -> Call:
    pause = threading.Event()
    for _ in range(LOOKS):
        if is_so(call := the_call(database, tenant_id)):
            return call
        pause.wait(0.01)
    raise AssertionError("It was never reported.")


def ended(database: Database, tenant_id: UUID) -> Call:
    return until(database, tenant_id, lambda call: call.ended_at is not None)


Found = TypeVar("Found")


def wait_until(found: Callable[[], Found | None]) -> Found:
    """What a later report brings about."""
    pause = threading.Event()
    for _ in range(LOOKS):
        if it := found():
            return it
        pause.wait(0.01)
    raise AssertionError("It never came about.")
