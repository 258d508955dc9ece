"""Stopped at whatever moment of opening, a listener leaves no connection behind."""

from __future__ import annotations

import asyncio
import gc

import pytest

from townline.db import Database
from townline.listening import listening_connection


@pytest.mark.parametrize("steps", [0, 1, 2, 5, 10, 20])
def test_a_connection_that_was_opening_is_closed(
    database: Database, steps: int
) -> None:
    async def listen() -> None:
        async with listening_connection(database.url.replace("+psycopg", "")):
            await asyncio.sleep(60)

    async def stopped_meanwhile() -> None:
        task = asyncio.create_task(listen())
        for _ in range(steps):
            await asyncio.sleep(0.001)
        task.cancel()
        with pytest.raises(asyncio.CancelledError):
            await task

    asyncio.run(stopped_meanwhile())

    # One that was left open would say so now, and warnings are errors here.
    gc.collect()
