"""A worker's life, as PostgreSQL sees it, and the hints it hears meanwhile.

The lock is freed the moment the worker's socket dies: its open claims are then taken
over at once, not when their leases run out.
"""

from __future__ import annotations

import asyncio
import secrets
from collections.abc import Callable
from contextlib import suppress

import psycopg

from notify.service.promises import CHANNEL
from notify.service.sweeps import LIVES
from townline.listening import listening_connection
from townline.logs import logger

RETRY = 1.0
log = logger("notify.lives")


async def live(
    url: str, *, began: Callable[[int | None], None], hinted: Callable[[str], None]
) -> None:
    """``began`` gets the number of each life, and None when it is over; ``hinted``
    gets what each hint says, and nothing when any town may have something."""
    while True:
        with suppress(psycopg.OperationalError):
            await _live_once(url.replace("+psycopg", ""), began, hinted)
        began(None)
        log.warning("notify.reconnecting")
        await asyncio.sleep(RETRY)


async def _live_once(
    url: str, began: Callable[[int | None], None], hinted: Callable[[str], None]
) -> None:
    holder = secrets.randbelow(2**31)
    async with listening_connection(url) as connection:
        await connection.execute("select pg_advisory_lock(%s, %s)", [LIVES, holder])
        await connection.execute(f"listen {CHANNEL}")
        began(holder)
        # What was hinted before we listened.
        hinted("")
        async for hint in connection.notifies():
            hinted(hint.payload)
