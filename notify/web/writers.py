"""A few connections that only keep reports: one round trip to the database a batch.

Begin, whose rows these are, the rows and the commit go out together, so that a flood
waits for the disk and for little else.
"""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from datetime import datetime
from uuid import UUID

import psycopg
from psycopg import AsyncConnection

from notify.service import events
from notify.service.events import Report

# Several commits share a write of the disk, and no flood takes the pages' connections.
AT_ONCE = 6
# Nothing that an insert of our own waits for takes longer.
BRISK = "-c lock_timeout=3s -c idle_in_transaction_session_timeout=10s"

KEEP = """
with report as (
  select * from jsonb_to_recordset(%(reports)s::jsonb)
    as report (id uuid, source text, key text, attempt_id uuid, payload jsonb)
), unknown as (
  select distinct attempt_id from report
  where attempt_id is not null and not exists (
    select from attempt
    where attempt.tenant_id = %(tenant)s and attempt.id = report.attempt_id
  )
), kept as (
  insert into provider_event
    (tenant_id, id, source, dedupe_key, attempt_id, payload, received_at, answer)
  select %(tenant)s, id, source, key, attempt_id, payload, %(at)s, ''
  from report
  where attempt_id is null or attempt_id not in (select attempt_id from unknown)
  on conflict (tenant_id, dedupe_key) do nothing
)
select pg_notify(%(channel)s, ''), array(select attempt_id from unknown)
"""


class Writers:
    """Connections that are opened when they are first needed, and used in turns."""

    def __init__(self, url: str) -> None:
        self._url = url.replace("+psycopg", "")
        self._idle: list[AsyncConnection] = []
        self._busy: set[AsyncConnection] = set()
        self._closed = False
        self._room = asyncio.Semaphore(AT_ONCE)

    async def keep(
        self, tenant_id: UUID, reports: Sequence[Report], *, at: datetime
    ) -> set[UUID]:
        """The attempts that the town does not know; what names them is not kept."""
        async with self._room:
            if self._idle:
                try:
                    return await self._write(self._idle.pop(), tenant_id, reports, at)
                except psycopg.OperationalError:
                    # The server was restarted since; the same rows again are no more.
                    await self._drop_idle()
            if self._closed:
                raise psycopg.OperationalError("closed")
            fresh = await AsyncConnection.connect(
                self._url, autocommit=True, options=BRISK
            )
            return await self._write(fresh, tenant_id, reports, at)

    async def close(self) -> None:
        """What is being written then is not answered, and so is told again."""
        self._closed = True
        await self._drop_idle()
        for each in list(self._busy):
            await each.close()

    async def _drop_idle(self) -> None:
        while self._idle:
            await self._idle.pop().close()

    async def _write(
        self,
        connection: AsyncConnection,
        tenant_id: UUID,
        reports: Sequence[Report],
        at: datetime,
    ) -> set[UUID]:
        asked = {
            "tenant": tenant_id,
            "at": at,
            "reports": events.encoded(reports),
            "channel": events.CHANNEL,
        }
        self._busy.add(connection)
        try:
            async with connection.pipeline():
                await connection.execute("begin")
                await connection.execute("select set_tenant(%s)", [tenant_id])
                answer = await connection.execute(KEEP, asked)
                await connection.execute("commit")
            row = await answer.fetchone()
        except BaseException:
            # What it is in the middle of ends with it.
            await connection.close()
            raise
        finally:
            self._busy.discard(connection)
        if self._closed:
            # Opened, or at work, while all others were closed: nobody comes again.
            await connection.close()
        else:
            self._idle.append(connection)
        return set(row[1]) if row else set()
