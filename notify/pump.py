"""The sender that never stops: wakes at a hint, polls each second, sends many at once.

Emergencies have a lane of their own, with its own room: a flood of common messages,
or a carrier that is slow with them, is never in their way.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Collection, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import AbstractAsyncContextManager, suppress
from dataclasses import dataclass, replace
from datetime import datetime
from functools import partial
from typing import TypeVar
from uuid import UUID

from sqlalchemy.exc import InterfaceError, OperationalError

from notify import applying, lives, looking, sending
from notify.channels import Carriers, Parcel
from notify.channels.real import open_carriers
from notify.lanes import Lane
from notify.message import COMMON_LANE, EMERGENCY_LANE
from notify.rules.outcomes import SEND_WITHIN
from notify.rules.throttles import NO_LIMITS, Rates
from notify.service import sweeps
from notify.service.claims import Desk
from notify.service.outcomes import Outcome
from townline.clock import Clock
from townline.db import Database
from townline.logs import logger
from townline.settings import Settings, Twilio

# One process with 64 requests in flight sends thousands a second; emergencies are
# few, and a quarter of the room is theirs however full the rest is.
ROOM = {EMERGENCY_LANE: 16, COMMON_LANE: 48}
# How long a round of looking after pauses, and a database that is away is left alone.
PAUSE = 1.0
# In which what was claimed for a hint is handed to its carrier.
HEAD_START = 0.002
AWAY = (OperationalError, InterfaceError)


@dataclass(frozen=True, slots=True)
class Patience:
    """How long a lane that found nothing waits, in seconds, if nobody hints.

    A hint may come from a machine whose clock is a little ahead of ours: what it
    speaks of is due in a moment, and is looked for again ``soon``, then at twice that
    until it is back at ``poll``, which is what a hint that was missed costs at most.

    Outcomes that come within ``gathers`` of a write are written down together, for a
    transaction costs as much as a hundred rows in it. The first after a quiet time
    waits for no other, and none is waited for by whoever is to stop.
    """

    soon: float = 0.002
    poll: float = 1.0
    gathers: float = 0.03


PATIENT = Patience()

Result = TypeVar("Result")
log = logger("notify.pump")


async def run(
    database: Database,
    settings: Settings,
    *,
    clock: Clock,
    stopping: asyncio.Event,
    carriers: AbstractAsyncContextManager[Carriers] | None = None,
    patience: Patience = PATIENT,
) -> None:
    """Send until ``stopping`` is set; what is in flight then is still written down."""
    desk = Desk(
        secret=settings.secret,
        public_url=settings.public_url,
        mail_sender=settings.sendgrid.sender,
        mail_providers=settings.mail_providers,
        rates=_granted(settings.twilio),
    )
    async with carriers or open_carriers(settings) as ready:
        await _Pump(database, desk, ready, clock, patience).run(stopping)


def _granted(account: Twilio) -> Rates:
    """A carrier on this machine is as fast as we are."""
    if account.base_url:
        return NO_LIMITS
    return Rates(texts=account.texts_per_second, calls=account.calls_per_second)


class _Pump:
    def __init__(
        self,
        database: Database,
        desk: Desk,
        carriers: Carriers,
        clock: Clock,
        patience: Patience,
    ) -> None:
        self._database = database
        self._desk = desk
        self._carriers = carriers
        self._clock = clock
        self._patience = patience
        self._stopping = asyncio.Event()
        self._lanes = {number: Lane(number, room) for number, room in ROOM.items()}
        self._outcomes: asyncio.Queue[Outcome] = asyncio.Queue()
        # Threads of our own: nobody else's work stands before a claim.
        self._threads = ThreadPoolExecutor(8, thread_name_prefix="pump")

    async def run(self, stopping: asyncio.Event) -> None:
        self._stopping = stopping
        beside = [
            asyncio.create_task(each)
            for each in (
                self._life(),
                self._write_down(),
                self._wake_to_stop(),
                applying.run(self._database, clock=self._clock),
            )
        ]
        lanes = self._lanes.values()
        for lane in lanes:
            lane.open(self._send)
        try:
            claims = map(self._claim_for, lanes)
            await asyncio.gather(*claims, self._look_after(), self._look())
            await asyncio.gather(*(lane.empty() for lane in lanes))
            await self._outcomes.join()
        finally:
            for task in beside:
                task.cancel()
            await asyncio.gather(*beside, return_exceptions=True)
            await asyncio.gather(*(lane.close() for lane in lanes))
            self._threads.shutdown()

    async def _claim_for(self, lane: Lane) -> None:
        patience = self._patience.poll
        while not self._stopping.is_set():
            patience = self._patience.soon if lane.hint.is_set() else patience
            lane.hint.clear()
            # Whoever hints goes first, and is on its way before all towns are looked
            # at: a claim in a thread would compete with it for the interpreter.
            if named := await self._claim_into(lane, lane.hinted()):
                await asyncio.sleep(HEAD_START)
            claimed = await self._claim_into(lane, None) or named
            if not (claimed and lane.roomy):
                until = self._patience.poll if claimed else patience
                with suppress(TimeoutError):
                    async with asyncio.timeout(until):
                        await lane.hint.wait()
                patience = min(2 * patience, self._patience.poll)

    async def _claim_into(self, lane: Lane, towns: Collection[UUID] | None) -> bool:
        room = lane.room
        if room <= 0 or towns == set():
            return False
        claim = partial(self._claim, lane=lane.number, room=room, towns=towns)
        claimed = await self._in_thread(claim)
        lane.take(claimed or ())
        return bool(claimed)

    def _claim(
        self, *, lane: int, room: int, towns: Collection[UUID] | None
    ) -> list[Parcel]:
        at = self._clock()
        return sending.claim_due(
            self._database, self._desk, lane=lane, room=room, towns=towns, at=at
        )

    async def _send(self, parcel: Parcel) -> None:
        # A process that was stopped for a while must not send what others took over.
        if self._clock() - parcel.intended_at <= SEND_WITHIN:
            outcome = await sending.deliver(self._carriers, parcel)
            self._outcomes.put_nowait(outcome)

    async def _write_down(self) -> None:
        while True:
            together = [await self._outcomes.get()]
            while not self._outcomes.empty():
                together.append(self._outcomes.get_nowait())
            for batch in sending.batches(together):
                await self._insist(partial(self._write, batch))
            for _ in together:
                self._outcomes.task_done()
            await self._unless_stopping(self._patience.gathers)

    def _write(self, batch: list[Outcome]) -> None:
        sending.write_down(self._database, batch, at=self._clock())

    async def _look_after(self) -> None:
        """What needs no carrier, above all the claims of the dead."""
        while not self._stopping.is_set():
            at = self._clock()
            dead = await self._in_thread(self._dead) or []
            for tenant_id in await self._waiting(at):
                tidy = partial(sending.tidy, self._database, tenant_id, dead=dead)
                await self._in_thread(partial(tidy, at=at))
            await self._unless_stopping(PAUSE)

    async def _look(self) -> None:
        """At what carriers know; one that is slow to say keeps no claim waiting."""
        while not self._stopping.is_set():
            at = self._clock()
            looks = (
                looking.look(self._database, self._carriers, tenant_id, at=at)
                for tenant_id in await self._waiting(at)
            )
            await asyncio.gather(
                *(self._outlast(asyncio.create_task(look)) for look in looks)
            )
            await self._unless_stopping(PAUSE)

    async def _waiting(self, at: datetime) -> Sequence[UUID]:
        towns = partial(sending.towns_to_look_after, self._database, at=at)
        return await self._in_thread(towns) or ()

    async def _unless_stopping(self, seconds: float) -> None:
        with suppress(TimeoutError):
            async with asyncio.timeout(seconds):
                await self._stopping.wait()

    def _dead(self) -> list[int]:
        with self._database.everybody() as session:
            return sweeps.dead_holders(session, but=self._desk.holder)

    async def _life(self) -> None:
        hinted = self._lanes[EMERGENCY_LANE].hear
        await lives.live(self._database.url, began=self._began, hinted=hinted)

    def _began(self, holder: int | None) -> None:
        self._desk = replace(self._desk, holder=holder)

    async def _wake_to_stop(self) -> None:
        await self._stopping.wait()
        for lane in self._lanes.values():
            lane.hear("")

    async def _in_thread(self, verb: Callable[[], Result]) -> Result | None:
        """None when it failed: the next round does what this one could not."""
        loop = asyncio.get_running_loop()
        return await self._outlast(loop.run_in_executor(self._threads, verb))

    async def _outlast(self, future: asyncio.Future[Result]) -> Result | None:
        """A fault in one town's work, or a database that is away, ends no loop."""
        await asyncio.wait([future])
        fault = future.exception()
        if fault is None:
            return future.result()
        log.error("pump.failed", exc_info=fault)
        return None

    async def _insist(self, verb: Callable[[], None]) -> None:
        """What a carrier answered is kept until the database is back."""
        loop = asyncio.get_running_loop()
        while True:
            future = loop.run_in_executor(self._threads, verb)
            await self._outlast(future)
            if not isinstance(future.exception(), AWAY):
                return
            await asyncio.sleep(PAUSE)
