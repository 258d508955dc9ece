"""A worker that dies is noticed by its socket, not by its lease."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from itertools import count

import psycopg

from notify import lives, pump, sending
from notify.channels import Carriers
from notify.channels.recording import RecordingCarrier
from notify.message import EMERGENCY_LANE
from notify.sending import REHEARSAL
from notify.service import sweeps
from notify.service.claims import Desk
from tests.notify.cast import NIGHT, Ear, Place, after, relay
from tests.notify.office import Office, until


def test_the_claims_of_a_dead_worker_are_taken_over_at_once(
    rivertown: Place, carrier: RecordingCarrier, ear: Ear
) -> None:
    rivertown.promise(relay())
    with psycopg.connect(rivertown.database.url, autocommit=True) as life:
        life.execute("select pg_advisory_lock(%s, %s)", [sweeps.LIVES, 7])
        claim_as(rivertown, 7)
        assert dead(rivertown) == []

    # PostgreSQL sees the socket close a moment after we have closed it.
    until(lambda: dead(rivertown) == [7])
    sending.tidy(rivertown.database, rivertown.tenant_id, dead=[7], at=after(1))

    assert rivertown.states() == ["ambiguous"]
    assert ear.failures == [("Ana Ruiz", "ambiguous")]


def test_a_life_begins_with_a_lock_and_hears_hints(rivertown: Place) -> None:
    began: list[int | None] = []
    hints: list[str] = []

    async def one_life() -> None:
        url = rivertown.database.url
        life = asyncio.create_task(
            lives.live(url, began=began.append, hinted=hints.append)
        )
        while not hints:
            await asyncio.sleep(0.01)
        await asyncio.to_thread(rivertown.promise, relay())
        while len(hints) < 2:
            await asyncio.sleep(0.01)
        assert held(rivertown, began[0])
        life.cancel()
        await asyncio.gather(life, return_exceptions=True)

    asyncio.run(one_life())

    assert hints == ["", str(rivertown.tenant_id)]
    until(lambda: not held(rivertown, began[0]))


def test_a_process_that_slept_after_its_claim_sends_nothing(
    office: Office, carrier: RecordingCarrier
) -> None:
    """Others may have taken the claim over by then: to send it would double it."""
    office.place.promise(relay())
    instants = (after(25 * turn) for turn in count())
    stopping = asyncio.Event()

    @asynccontextmanager
    async def recording() -> AsyncIterator[Carriers]:
        yield carrier.everywhere()

    async def work() -> None:
        database, settings = office.place.database, office.settings
        sleepy = pump.run(
            database,
            settings,
            clock=lambda: next(instants),
            stopping=stopping,
            carriers=recording(),
        )
        working = asyncio.create_task(sleepy)
        while not await asyncio.to_thread(office.place.attempts):
            await asyncio.sleep(0.01)
        stopping.set()
        await working

    asyncio.run(work())

    assert carrier.sent == []


def claim_as(place: Place, holder: int) -> None:
    desk = Desk(
        secret=REHEARSAL.secret,
        public_url=REHEARSAL.public_url,
        mail_sender=REHEARSAL.mail_sender,
        holder=holder,
    )
    sending.claim_due(place.database, desk, lane=EMERGENCY_LANE, room=9, at=NIGHT)


def dead(place: Place) -> list[int]:
    with place.database.everybody() as session:
        return sweeps.dead_holders(session, but=None)


def held(place: Place, holder: int | None) -> bool:
    with psycopg.connect(place.database.url, autocommit=True) as other:
        free = other.execute(
            "select pg_try_advisory_lock(%s, %s)", [sweeps.LIVES, holder]
        ).fetchone()
    return free == (False,)
