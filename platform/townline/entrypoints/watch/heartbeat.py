"""A sign of life to an address outside, sent only while all is well.

Whoever receives it raises the alarm when it stops: that also covers what cannot raise
one itself, such as a machine that is off.
"""

from __future__ import annotations

import asyncio
from dataclasses import dataclass
from datetime import datetime

import aiohttp

from townline import watch
from townline.db import Database
from townline.entrypoints.watch import auditor, figures
from townline.entrypoints.watch.rules import Found, silences
from townline.logs import logger

NAME = "heartbeat"
EVERY = 25.0
log = logger("watch")


@dataclass(frozen=True, slots=True)
class Heartbeat:
    """A job of the worker; of several workers one beats.

    ``within`` seconds are long for any answer, and short beside those to the next.
    """

    url: str
    canary: bool = False
    within: float = 5.0

    def __call__(self, database: Database, *, at: datetime) -> int:
        with database.everybody() as session:
            if not watch.begin(session, NAME, every=EVERY, at=at):
                return 0
        if why := reasons(database, canary=self.canary, at=at):
            log.error("watch.heartbeat_withheld", why=why)
            return 0
        return asyncio.run(_beat(self.url, within=self.within))


def reasons(database: Database, *, canary: bool = False, at: datetime) -> list[str]:
    """Everything that speaks against a sign of life; nothing while all is well.

    A canary that was switched off says nothing any more.
    """
    with database.everybody() as session:
        numbers = figures.numbers(session, at=at)
        if canary:
            numbers |= figures.of_canary(session, at=at)
        last = watch.last(session, auditor.NAME)
        found = last.found if last else {}
        told = silences(
            passed_at=last.ended_at if last else None,
            found={name: Found(**each) for name, each in found.items()},
            figures=numbers,
            at=at,
        )
        return [*told]


async def _beat(url: str, *, within: float) -> int:
    """1 if it was heard. That it was not is noticed there, not here."""
    bound = aiohttp.ClientTimeout(total=within)
    try:
        async with (
            aiohttp.ClientSession(timeout=bound) as session,
            session.get(url) as answer,
        ):
            answer.raise_for_status()
    except (aiohttp.ClientError, TimeoutError) as failure:
        log.warning("watch.heartbeat_not_heard", why=type(failure).__name__)
        return 0
    return 1
