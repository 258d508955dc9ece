"""A call that arrives is announced to every open page of who serves its town, by any
process, and also after a process had lost its line to the database."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import AsyncExitStack
from uuid import UUID

import anyio
from anyio import to_thread
from litestar.response import ServerSentEventMessage
from sqlalchemy import Engine, text

from portal.desk.web.queue import events
from tests.conftest import NIGHT
from tests.portal.desk.cast import ring
from townline.auth import Person
from townline.db import Database
from townline.live import Broadcaster
from townline.tenancy import town

# Time for the listening connection to open; hints before that reach nobody.
LISTENS_WITHIN = 5
CUT = text(
    "select count(pg_terminate_backend(pid)) from pg_stat_activity"
    " where query = 'listen townline_live' and datname = current_database()"
)
Stream = AsyncIterator[ServerSentEventMessage]


def agent(*serves: UUID) -> Person:
    return Person(
        account_id=UUID(int=1),
        name="Maya Okafor",
        email="maya@townline.example",
        language="en",
        extension=None,
        roles=dict.fromkeys(serves, "agent"),
    )


def test_an_arriving_call_is_announced_to_who_serves_its_town(
    database: Database, towns: dict[str, UUID], clean: None
) -> None:
    anyio.run(_everybody_hears, [Broadcaster(database.url)], database, towns)


def test_every_process_hears_of_what_any_of_them_did(
    database: Database, towns: dict[str, UUID], clean: None
) -> None:
    processes = [Broadcaster(database.url) for _ in range(2)]

    anyio.run(_everybody_hears, processes, database, towns)


def test_a_process_whose_line_was_cut_listens_again_and_says_so(
    database: Database,
    sweeper: Engine,
    towns: dict[str, UUID],
    clean: None,
) -> None:
    anyio.run(_cut_and_heard, database, sweeper, towns["riverton"])


async def _everybody_hears(
    processes: list[Broadcaster], database: Database, towns: dict[str, UUID]
) -> None:
    async with AsyncExitStack() as running, anyio.create_task_group() as calls:
        for each in processes:
            await running.enter_async_context(each.running())
        streams = [events(agent(towns["riverton"]), each) for each in processes]
        for stream in streams:
            assert (await anext(stream)).event == "pulse"
        calls.start_soon(_keep_ringing, database, towns["riverton"])
        for stream in streams:
            await _until(stream, "calls")
        calls.cancel_scope.cancel()


async def _cut_and_heard(database: Database, sweeper: Engine, tenant_id: UUID) -> None:
    process = Broadcaster(database.url)
    async with process.running():
        stream = events(agent(tenant_id), process)
        await _until(stream, "again")
        for number in range(2):
            assert await to_thread.run_sync(_cut, sweeper)
            await _until(stream, "again")
            await to_thread.run_sync(_ring, database, tenant_id, f"CA{number}")
            await _until(stream, "calls")


async def _until(stream: Stream, kind: str) -> None:
    """Whatever else is said before it."""

    async def hear() -> None:
        while (await anext(stream)).event != kind:
            pass

    await asyncio.wait_for(hear(), LISTENS_WITHIN)


async def _keep_ringing(database: Database, tenant_id: UUID) -> None:
    """Until the listening connection is up, a hint is lost: pages then ask."""
    number = 0
    while True:
        number += 1
        await to_thread.run_sync(_ring, database, tenant_id, f"CA{number}")
        await anyio.sleep(0.05)


def _ring(database: Database, tenant_id: UUID, sid: str) -> None:
    with town(database, tenant_id) as db:
        ring(db, sid, at=NIGHT)


def _cut(sweeper: Engine) -> int:
    with sweeper.begin() as connection:
        return int(connection.execute(CUT).scalar_one())
