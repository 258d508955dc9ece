"""A lane of the pump: what was claimed for it, what is in flight, how much more fits.

A lane claims a little ahead of what its carriers take, so that nobody waits for the
database while there is work; how much ahead, its own pace says. A slow carrier gets
nothing ahead: what is claimed then is in flight at once.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Collection, Iterable
from uuid import UUID

from notify.channels import Parcel
from townline.logs import logger

# So much of a lane's work may be claimed and not yet handed over: long enough for a
# claim of its own, short enough that whoever accepts meanwhile stops the rest.
AHEAD_SECONDS = 0.1
# What a worker that dies leaves in doubt, besides what was in flight.
MOST_AHEAD = 192

log = logger("notify.pump")


class Lane:
    def __init__(
        self, number: int, room: int, *, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self.number = number
        self.hint = asyncio.Event()
        self._hinted: set[UUID] = set()
        self._heard = False
        self._room = room
        self._ready: asyncio.Queue[Parcel] = asyncio.Queue()
        self._flying = 0
        self._pace = Pace(clock)
        self._senders: set[asyncio.Task[None]] = set()

    def open(self, send: Callable[[Parcel], Awaitable[None]]) -> None:
        for _ in range(self._room):
            self._engage(send)

    async def empty(self) -> None:
        """Wait until everything that was claimed has been handed over."""
        await self._ready.join()

    async def close(self) -> None:
        for each in self._senders:
            each.cancel()
        await asyncio.gather(*self._senders, return_exceptions=True)

    @property
    def room(self) -> int:
        """How many more may be claimed now."""
        return self._room + self._pace.ahead() - self._flying - self._ready.qsize()

    @property
    def roomy(self) -> bool:
        """A claim for the few that have landed would cost as much as a large one."""
        return self.room > (self._room + self._pace.ahead()) / 2

    def hear(self, town: str) -> None:
        """A hint that names no town only says that it is time to look."""
        if town:
            self._hinted.add(UUID(town))
        self._heard = True
        self.hint.set()

    def hinted(self) -> Collection[UUID]:
        """The towns that were named since the last time of asking."""
        named, self._hinted = self._hinted, set()
        self._heard = False
        return named

    def take(self, parcels: Iterable[Parcel]) -> None:
        for each in parcels:
            self._ready.put_nowait(each)
        if not (self.roomy or self._heard):
            # What landed during the claim has hinted at room that is taken by now.
            self.hint.clear()

    def _engage(self, send: Callable[[Parcel], Awaitable[None]]) -> None:
        sender = asyncio.create_task(self._send_each(send))
        self._senders.add(sender)

        def replaced(ended: asyncio.Task[None]) -> None:
            self._senders.discard(ended)
            if not ended.cancelled():
                # Its lease will run out, and it will be looked for like any other.
                log.error("notify.send_failed", exc_info=ended.exception())
                self._engage(send)

        sender.add_done_callback(replaced)

    async def _send_each(self, send: Callable[[Parcel], Awaitable[None]]) -> None:
        while True:
            parcel = await self._ready.get()
            self._flying += 1
            try:
                await send(parcel)
            finally:
                self._landed()

    def _landed(self) -> None:
        self._flying -= 1
        self._ready.task_done()
        self._pace.landed()
        if self.roomy:
            self.hint.set()


class Pace:
    """How many landed in the last whole stretch of ``AHEAD_SECONDS``."""

    def __init__(self, clock: Callable[[], float]) -> None:
        self._clock = clock
        self._began = clock()
        self._now = self._before = 0

    def landed(self) -> None:
        self._turn()
        self._now += 1

    def ahead(self) -> int:
        self._turn()
        return min(self._before, MOST_AHEAD)

    def _turn(self) -> None:
        elapsed = self._clock() - self._began
        if elapsed >= AHEAD_SECONDS:
            self._before = self._now if elapsed < 2 * AHEAD_SECONDS else 0
            self._now, self._began = 0, self._clock()
