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
from litestar.di import NamedDependency
from sqlalchemy.exc import DBAPIError, OperationalError

import tenants
from notify.service import events
from notify.service.events import Report
from townline.db import Database
from townline.errors import NotFound
from townline.tenancy import town

# So many towns' reports are written at a time; the pages need connections too.
AT_ONCE = 6
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
        self._waiting: dict[UUID, list[_Waiting]] = {}
        self._writing: dict[UUID, asyncio.Task[None]] = {}
        # A town's prefix is its own for ever.
        self._prefixes: dict[str, UUID] = {}
        self._threads = ThreadPoolExecutor(AT_ONCE, thread_name_prefix="inbox")

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
        if tenant_id not in self._writing:
            task = asyncio.create_task(self._write_all(tenant_id))
            self._writing[tenant_id] = task
        await waiting.done

    async def _write_all(self, tenant_id: UUID) -> None:
        try:
            while batch := self._waiting.pop(tenant_id, None):
                await self._write(tenant_id, batch)
        finally:
            del self._writing[tenant_id]

    async def _write(self, tenant_id: UUID, batch: Sequence[_Waiting]) -> None:
        writing = asyncio.ensure_future(
            self._in_thread(partial(self._commit, tenant_id, batch))
        )
        await asyncio.wait([writing])
        fault = writing.exception()
        if isinstance(fault, DBAPIError) and _is_of_one(fault) and len(batch) > 1:
            # One that cannot be kept takes no other with it.
            for each in batch:
                await self._write(tenant_id, [each])
            return
        foreign = set() if fault else writing.result()
        for each in batch:
            if each.done.cancelled():
                continue
            lost = NotFound() if each.report.attempt_id in foreign else fault
            if lost:
                each.done.set_exception(lost)
            else:
                each.done.set_result(None)

    def _commit(self, tenant_id: UUID, batch: Sequence[_Waiting]) -> set[UUID]:
        """One transaction; the attempts named that are another town's are returned."""
        reports = [each.report for each in batch]
        named = {each.attempt_id for each in reports if each.attempt_id}
        with town(self._engine, tenant_id) as db:
            foreign = events.unknown(db, named)
            if foreign:
                with self._engine.everybody() as session:
                    foreign = events.elsewhere(session, foreign)
            ours = [each for each in reports if each.attempt_id not in foreign]
            if ours:
                events.keep(db, ours, at=batch[-1].at)
                events.hint(db)
        return foreign

    def _look_up(self, prefix: str) -> UUID:
        with self._engine.everybody() as session:
            return tenants.by_prefix(session, prefix).id

    async def _in_thread(self, verb: Callable[[], Result]) -> Result:
        return await asyncio.get_running_loop().run_in_executor(self._threads, verb)


async def inbox_of(state: State, engine: NamedDependency[Database]) -> Inbox:
    """The dependency ``inbox``: the one of this process, made when first needed."""
    found: Inbox | None = state.get(STATE)
    if found is None:
        found = state[STATE] = Inbox(engine)
    return found


def _is_of_one(fault: DBAPIError) -> bool:
    """A report that cannot be written, and not a database that is away."""
    return not isinstance(fault, OperationalError)
