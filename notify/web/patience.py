"""Somebody waits for an answer: they get it soon, or are asked for a moment.

What is not ready in time goes on by itself; whoever asks again finds it done.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable
from concurrent.futures import Future, ThreadPoolExecutor, wait
from dataclasses import dataclass
from typing import Any, TypeVar

import psycopg
from sqlalchemy.exc import DBAPIError
from sqlalchemy.exc import TimeoutError as PoolExhausted

from townline.logs import logger

# The database is away, too slow, or has something locked.
AWAY = (DBAPIError, PoolExhausted, psycopg.Error)

Result = TypeVar("Result")
log = logger("notify.patience")

# Of nobody else's: a page that waits for the database keeps no key waiting.
_THREADS = ThreadPoolExecutor(16, thread_name_prefix="on-the-line")
_UNDER_WAY = set[Future[Any]]()
# A lock is waited for ten seconds at most, and on the line for less than one.
LAST_WORDS = 10.0


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds for keeping what was said, and for deciding it."""

    keeping: float
    deciding: float


# The two seconds of escalation.md, with something left for the way.
ON_THE_LINE = Patience(keeping=0.7, deciding=1.0)
# Twilio gives up on a text's answer after fifteen.
IN_WRITING = Patience(keeping=4.0, deciding=6.0)


async def in_time(work: Awaitable[Result], seconds: float) -> Result | None:
    """None when it took too long, a lock was held, or the database is away."""
    task = asyncio.ensure_future(work)
    done, _ = await asyncio.wait([task], timeout=seconds)
    if not done:
        task.add_done_callback(_come_too_late)
        return None
    fault = task.exception()
    if isinstance(fault, AWAY):
        log.warning("patience.not_now", why=type(fault).__name__)
        return None
    return task.result()


async def in_thread(verb: Callable[[], Result]) -> Result:
    future = _THREADS.submit(verb)
    _UNDER_WAY.add(future)
    future.add_done_callback(_UNDER_WAY.discard)
    return await asyncio.wrap_future(future)


async def last_words() -> None:
    """What goes on by itself may end before the application takes the database away."""
    await asyncio.to_thread(wait, set(_UNDER_WAY), timeout=LAST_WORDS)


def _come_too_late(task: asyncio.Future[Result]) -> None:
    """It may have failed: what was kept is decided when it is asked for again."""
    if not task.cancelled() and (fault := task.exception()):
        log.warning("patience.too_late", why=type(fault).__name__)
