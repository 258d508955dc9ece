"""Outcomes that land while the writer rests are written down in one transaction."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager

from sqlalchemy import text

from notify import Message, pump
from notify.channels import Carriers
from notify.channels.recording import RecordingCarrier
from notify.pump import Patience
from tests.notify.cast import Place, relay
from tests.notify.office import WAIT_SECONDS, Office
from townline.clock import utc_now
from townline.tenancy import town

ONE_DAY = 86_400.0


def test_the_first_outcome_is_written_at_once_and_the_next_ones_together(
    office: Office, carrier: RecordingCarrier
) -> None:
    """Whoever rests here rests until tomorrow, or until the worker is to stop."""
    place, stopping = office.place, asyncio.Event()
    seen: list[list[str]] = []

    async def work() -> None:
        pumping = asyncio.create_task(_pump(office, carrier, stopping))
        await asyncio.to_thread(office.promise, _letter(1))
        await _until_states_are(place, "accepted")
        await asyncio.to_thread(office.promise, _letter(2), _letter(3))
        await _until_there_are(carrier, 3)
        seen.append(place.states())
        stopping.set()
        await pumping

    asyncio.run(work())

    assert seen == [["accepted", "sending", "sending"]]
    assert place.states() == ["accepted"] * 3
    first, second, third = _transactions(place)
    assert second == third != first


async def _pump(
    office: Office, carrier: RecordingCarrier, stopping: asyncio.Event
) -> None:
    @asynccontextmanager
    async def carriers() -> AsyncIterator[Carriers]:
        yield carrier.everywhere()

    await pump.run(
        office.place.database,
        office.settings,
        clock=utc_now,
        stopping=stopping,
        carriers=carriers(),
        patience=Patience(gathers=ONE_DAY),
    )


def _letter(number: int) -> Message:
    return relay(
        key=f"letter-{number}",
        channel="email",
        destination=f"resident-{number}@riverton.example",
        level=3,
        code=False,
    )


async def _until_states_are(place: Place, *states: str) -> None:
    async with asyncio.timeout(WAIT_SECONDS):
        while place.states() != [*states]:
            await asyncio.sleep(0.01)


async def _until_there_are(carrier: RecordingCarrier, number: int) -> None:
    async with asyncio.timeout(WAIT_SECONDS):
        while len(carrier.sent) < number:
            await asyncio.sleep(0.01)


def _transactions(place: Place) -> list[str]:
    """Which transaction wrote what became of each, in the order of promises."""
    with town(place.database, place.tenant_id) as db:
        wrote = text(
            "select attempt.xmin::text from attempt join notification"
            " on notification.tenant_id = attempt.tenant_id"
            " and notification.id = attempt.notification_id"
            " where attempt.tenant_id = :town order by notification.key"
        )
        return list(db.session.scalars(wrote, {"town": place.tenant_id}))
