"""What changes by itself on a page: hints from any process to any open page.

A hint says only which town and which kind of thing changed; the page asks for the
rest, with its own rights. Losing one loses nothing: pages also ask from time to time.
"""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator, Iterable
from contextlib import asynccontextmanager, suppress
from uuid import UUID

import msgspec
import psycopg
from psycopg.conninfo import conninfo_to_dict, make_conninfo
from sqlalchemy import event, text
from sqlalchemy.orm import Session

from townline.listening import listening_connection
from townline.logs import logger
from townline.tenancy import TenantSession

CHANNEL = "townline_live"
# A page that misses a hint is wrong for at most this long; proxies keep the stream.
PULSE = 15.0
RETRY = 1.0
# A line that died without a word is noticed within half a minute.
ALIVE = "keepalives_idle=10 keepalives_interval=5 keepalives_count=3"

log = logger("live")


class Hint(msgspec.Struct, frozen=True):
    """``kind`` is calls, tickets, tasks, runs, agents or minders."""

    town: UUID
    kind: str


# In one statement, however many things a transaction has changed.
_NOTIFY = text(
    "select pg_notify(channel, hint) from"
    " unnest(cast(:channels as text[]), cast(:hints as text[])) as said (channel, hint)"
)


def announce(db: TenantSession, kind: str) -> None:
    """Tell open pages when, and only if, this transaction commits."""
    hint(db, CHANNEL, msgspec.json.encode(Hint(db.tenant_id, kind)).decode())


def hint(db: TenantSession, channel: str, word: str) -> None:
    """Say a word to whoever listens when, and only if, this transaction commits."""
    # A dictionary, for its order; said twice, it is told once.
    db.session.info.setdefault("hints", {})[channel, word] = None


@event.listens_for(Session, "before_commit")
def _tell(session: Session) -> None:
    """A savepoint's own end comes here too; what it says waits for the whole's."""
    hints = session.info.get("hints")
    if hints and not session.in_nested_transaction():
        session.info["hints"] = {}
        channels, words = zip(*hints, strict=True)
        said = {"channels": list(channels), "hints": list(words)}
        session.execute(_NOTIFY, said)


@event.listens_for(Session, "after_rollback")
def _unsay(session: Session) -> None:
    session.info.pop("hints", None)


class Broadcaster:
    """One listening connection a process, and a queue for each open page."""

    def __init__(self, url: str) -> None:
        self._url = url.replace("+psycopg", "")
        self._listeners: dict[asyncio.Queue[str], frozenset[UUID]] = {}
        self._closing = asyncio.Event()

    @asynccontextmanager
    async def running(self) -> AsyncIterator[None]:
        task = asyncio.create_task(self._listen())
        try:
            yield
        finally:
            self.close()
            task.cancel()
            with suppress(asyncio.CancelledError):
                await task

    def close(self) -> None:
        """End every stream, so that the server can stop while pages are open."""
        self._closing.set()
        for queue in self._listeners:
            queue.put_nowait("close")

    async def hints(self, towns: Iterable[UUID]) -> AsyncIterator[str]:
        """Kinds of what changed in these towns; ``pulse`` when nothing did."""
        queue: asyncio.Queue[str] = asyncio.Queue(maxsize=100)
        self._listeners[queue] = frozenset(towns)
        try:
            while not self._closing.is_set():
                yield await self._next(queue)
        finally:
            del self._listeners[queue]

    async def _next(self, queue: asyncio.Queue[str]) -> str:
        try:
            async with asyncio.timeout(PULSE):
                return await queue.get()
        except TimeoutError:
            return "pulse"

    async def _listen(self) -> None:
        while True:
            with suppress(psycopg.OperationalError):
                await self._relay()
            log.warning("live.reconnecting")
            await asyncio.sleep(RETRY)

    async def _relay(self) -> None:
        where = make_conninfo(self._url, **conninfo_to_dict(ALIVE))
        async with listening_connection(where) as connection:
            await connection.execute(f"listen {CHANNEL}")
            self._to_all("again")
            async for notice in connection.notifies():
                self._spread(msgspec.json.decode(notice.payload, type=Hint))

    def _to_all(self, kind: str) -> None:
        """What was announced while nobody listened is asked for anew."""
        for queue in self._listeners:
            if not queue.full():
                queue.put_nowait(kind)

    def _spread(self, hint: Hint) -> None:
        for queue, towns in self._listeners.items():
            if hint.town in towns and not queue.full():
                queue.put_nowait(hint.kind)
