"""A call that arrives is announced to every open page of who serves its town."""

from __future__ import annotations

import asyncio
from uuid import UUID

import anyio
from anyio import to_thread

from portal.desk.web.queue import events
from tests.conftest import NIGHT
from tests.portal.desk.cast import ring
from townline.auth import Person
from townline.db import Database
from townline.live import Broadcaster
from townline.tenancy import town

# Time for the listening connection to open; hints before that reach nobody.
LISTENS_WITHIN = 5


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
    heard = anyio.run(_first_hint, database, towns["riverton"])

    assert heard == "calls"


async def _first_hint(database: Database, tenant_id: UUID) -> str | None:
    broadcaster = Broadcaster(database.url)
    async with broadcaster.running(), anyio.create_task_group() as calls:
        stream = events(agent(tenant_id), broadcaster)
        opened = await anext(stream)
        assert opened.event == "pulse"
        calls.start_soon(_keep_ringing, database, tenant_id)
        heard = await asyncio.wait_for(anext(stream), LISTENS_WITHIN)
        calls.cancel_scope.cancel()
        return heard.event
    return None


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
