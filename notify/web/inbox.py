"""Where callbacks land: on disk before they are answered, many in one commit.

While one commit of a town is under way the next reports gather, so that a flood costs
few of them. What the reports mean is found out afterwards, by the workers.
"""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Sequence
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, field
from datetime import datetime
from functools import partial
from typing import TypeVar
from uuid import UUID

from litestar.datastructures import State
from psycopg import OperationalError

import tenants
from notify.service import events
from notify.service.events import Report
from notify.web.writers import Writers
from townline.db import Database
from townline.errors import NotFound
from townline.tenancy import town

# Another commit begins beside those under way once so many reports wait for one: a
# slow disk is then waited for by several at a time, and a quick one by few.
ENOUGH, COMMITS = 8, 6
STATE = "notify_inbox"

Result = TypeVar("Result")


@dataclass(frozen=True, slots=True)
class _Waiting:
    report: Report
    at: datetime
    done: asyncio.Future[None] = field(
        default_factory=lambda: asyncio.get_running_loop().create_future()
    )


class Inbox:
    """One a process. ``keep`` returns when the report is on disk, and not before."""

    def __init__(self, engine: Database) -> None:
        self._engine = engine
        self._writers = Writers(engine.url)
        self._waiting: dict[UUID, list[_Waiting]] = {}
        self._writing: dict[UUID, set[asyncio.Task[None] | None]] = {}
        # A town's prefix is its own for ever.
        self._prefixes: dict[str, UUID] = {}
        self._thread = ThreadPoolExecutor(1, thread_name_prefix="inbox")

    async def town_called(self, prefix: str) -> UUID:
        """The town in an address; NotFound if there is none."""
        known = self._prefixes.get(prefix)
        if known is None:
            known = await self._in_thread(partial(self._look_up, prefix))
            self._prefixes[prefix] = known
        return known

    async def keep(self, tenant_id: UUID, report: Report, *, at: datetime) -> None:
        """NotFound if what the report names is another town's."""
        waiting = _Waiting(report, at)
        self._waiting.setdefault(tenant_id, []).append(waiting)
        writing = self._writing.setdefault(tenant_id, set())
        enough = len(self._waiting[tenant_id]) >= ENOUGH
        if not writing or (enough and len(writing) < COMMITS):
            writing.add(asyncio.create_task(self._write_all(tenant_id)))
        await waiting.done

    async def close(self) -> None:
        await self._writers.close()
        await asyncio.to_thread(self._thread.shutdown)

    async def _write_all(self, tenant_id: UUID) -> None:
        while batch := self._waiting.pop(tenant_id, None):
            await self._write(tenant_id, batch)
        # At once, before anybody can come in and think that this one still writes.
        self._writing[tenant_id].discard(asyncio.current_task())

    async def _write(self, tenant_id: UUID, batch: Sequence[_Waiting]) -> None:
        writing = asyncio.ensure_future(self._commit(tenant_id, batch))
        await asyncio.wait([writing])
        fault = writing.exception()
        if fault and not isinstance(fault, OperationalError) and len(batch) > 1:
            # One that cannot be written takes no other with it.
            for each in batch:
                await self._write(tenant_id, [each])
            return
        foreign = set() if fault else writing.result()
        for each in batch:
            lost = NotFound() if each.report.attempt_id in foreign else fault
            if each.done.cancelled():
                continue
            if lost:
                each.done.set_exception(lost)
            else:
                each.done.set_result(None)

    async def _commit(self, tenant_id: UUID, batch: Sequence[_Waiting]) -> set[UUID]:
        """The attempts named that are another town's are returned, and not kept."""
        reports, at = [each.report for each in batch], batch[-1].at
        unknown = await self._writers.keep(tenant_id, reports, at=at)
        if not unknown:
            return unknown
        strange = [each for each in reports if each.attempt_id in unknown]
        keep_strange = partial(self._keep_strange, tenant_id, strange, at)
        return await self._in_thread(keep_strange)

    def _keep_strange(
        self, tenant_id: UUID, reports: Sequence[Report], at: datetime
    ) -> set[UUID]:
        """What is nobody's yet may be the town's in a moment."""
        named = {each.attempt_id for each in reports if each.attempt_id}
        with self._engine.everybody() as session:
            foreign = events.elsewhere(session, named)
        with town(self._engine, tenant_id) as db:
            # A moment later it may be known, and is then kept as what it is.
            foreign &= events.unknown(db, named)
            ours = [each for each in reports if each.attempt_id not in foreign]
            if ours:
                events.keep(db, ours, at=at)
                events.hint(db)
        return foreign

    def _look_up(self, prefix: str) -> UUID:
        with self._engine.everybody() as session:
            return tenants.by_prefix(session, prefix).id

    async def _in_thread(self, verb: Callable[[], Result]) -> Result:
        return await asyncio.get_running_loop().run_in_executor(self._thread, verb)


async def inbox_of(state: State) -> Inbox:
    """The dependency ``inbox``: the one that the door has put there."""
    inbox: Inbox = state[STATE]
    return inbox
