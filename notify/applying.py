"""Applying what the web has kept: at its hint, or at the latest a second later.

Any number of workers may do it at once; what one is at is passed over by the others.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from contextlib import suppress
from functools import partial
from typing import TypeVar
from uuid import UUID

import psycopg

from notify.models import ProviderEvent
from notify.service import deciding, events, limits, sweeps
from townline.clock import Clock
from townline.db import Database
from townline.listening import listening_connection
from townline.logs import logger
from townline.tenancy import town

# A hint that was missed costs a report at most this much.
POLL = 1.0

Result = TypeVar("Result")
log = logger("notify.applying")


async def run(database: Database, *, clock: Clock) -> None:
    """Until it is cancelled; what was being applied then is rolled back or done."""
    hint = asyncio.Event()
    listening = asyncio.create_task(_listen(database.url, hint.set))
    with ThreadPoolExecutor(1, thread_name_prefix="applying") as thread:
        try:
            while True:
                hint.clear()
                if not await _round(thread, database, clock):
                    # Not wait_for, which before Python 3.12 loses a cancellation that
                    # comes with the hint: nobody would ever stop us then.
                    with suppress(TimeoutError):
                        async with asyncio.timeout(POLL):
                            await hint.wait()
        finally:
            listening.cancel()
            # Until its connection is closed: a loop that ends meanwhile leaves it open.
            await asyncio.wait([listening])


async def _round(thread: ThreadPoolExecutor, database: Database, clock: Clock) -> int:
    """How many were applied, in all towns."""

    async def attempt(verb: Callable[[], Result]) -> Result | None:
        """None when it failed: the next round finds the same work."""
        future = asyncio.get_running_loop().run_in_executor(thread, verb)
        await asyncio.wait([future])
        if fault := future.exception():
            log.error("notify.not_applied", exc_info=fault)
            return None
        return future.result()

    applied = 0
    for tenant_id in await attempt(partial(_towns, database, clock)) or ():
        together = await attempt(partial(_apply, database, tenant_id, clock))
        if together is None:
            # One that cannot be applied holds up no other.
            for each in (
                await attempt(partial(_waiting, database, tenant_id, clock)) or ()
            ):
                alone = partial(_apply, database, tenant_id, clock, only=each)
                applied += await attempt(alone) or 0
        applied += together or 0
        for key in await attempt(partial(_undecided, database, tenant_id, clock)) or ():
            await attempt(partial(_settle, database, tenant_id, clock, key))
    return applied


def _towns(database: Database, clock: Clock) -> list[UUID]:
    with database.everybody() as session:
        return list(sweeps.towns_with_reports(session, at=clock()))


def _waiting(database: Database, tenant_id: UUID, clock: Clock) -> list[UUID]:
    with town(database, tenant_id) as db:
        return list(events.unapplied(db, at=clock()))


def _apply(
    database: Database, tenant_id: UUID, clock: Clock, *, only: UUID | None = None
) -> int:
    which = () if only is None else (ProviderEvent.id == only,)
    with town(database, tenant_id) as db:
        limits.be_brisk(db)
        return events.join(db, *which, at=clock())


def _undecided(database: Database, tenant_id: UUID, clock: Clock) -> list[str]:
    with town(database, tenant_id) as db:
        return deciding.undecided(db, at=clock())


def _settle(database: Database, tenant_id: UUID, clock: Clock, key: str) -> None:
    with town(database, tenant_id) as db:
        limits.be_brisk(db)
        deciding.settle_late(db, key, at=clock())


async def _listen(url: str, hinted: Callable[[], None]) -> None:
    while True:
        with suppress(psycopg.OperationalError):
            async with listening_connection(url.replace("+psycopg", "")) as connection:
                await connection.execute(f"listen {events.CHANNEL}")
                async for _ in connection.notifies():
                    hinted()
        await asyncio.sleep(POLL)
