"""A hint in the very moment of stopping keeps nobody from going."""

from __future__ import annotations

import asyncio

import pytest

from notify import applying
from townline.clock import utc_now
from townline.db import Database


async def _cancelled_with_a_hint(database: Database) -> None:
    heard: list[asyncio.Event] = []

    class Heard(asyncio.Event):
        """The event that the loop waits for, within reach of the story."""

        def __init__(self) -> None:
            super().__init__()
            heard.append(self)

    with pytest.MonkeyPatch.context() as patched:
        patched.setattr(asyncio, "Event", Heard)
        task = asyncio.create_task(applying.run(database, clock=utc_now))
        while not (heard and heard[0]._waiters):
            await asyncio.sleep(0.01)
    heard[0].set()
    task.cancel()
    with pytest.raises(asyncio.CancelledError):
        async with asyncio.timeout(5):
            await task


def test_whoever_applies_reports_stops_when_told_with_a_hint(
    engine_database: Database, clean: None
) -> None:
    asyncio.run(_cancelled_with_a_hint(engine_database))
