"""The plain HTTP sender, one client for all contestants; and what came of a job.

The queues keep no result of a job, so the others write the carrier's id down in a row
of their own: without it nobody could say later what became of a message.
"""

from __future__ import annotations

from collections.abc import AsyncIterator
from contextlib import asynccontextmanager
from dataclasses import dataclass

import aiohttp
import msgspec
from psycopg_pool import AsyncConnectionPool
from twilio.http.async_http_client import AsyncTwilioHttpClient
from twilio.rest import Client
from yarl import URL

from notify.channels.forms import form_of

IN_FLIGHT = 64
FORM = {"Content-Type": "application/x-www-form-urlencoded"}


class Taken(msgspec.Struct):
    sid: str


_TAKEN = msgspec.json.Decoder(Taken)


@dataclass(frozen=True, slots=True)
class Poster:
    session: aiohttp.ClientSession
    url: URL

    async def post(self, to: str, ours: str, body: str) -> str:
        form = form_of({"To": to, "From": ours, "Body": body})
        async with self.session.post(self.url, data=form) as answer:
            return _TAKEN.decode(await answer.read()).sid


@dataclass(frozen=True, slots=True)
class TwilioPoster:
    """The same message through the SDK's own asynchronous client, as it comes."""

    client: Client

    async def post(self, to: str, ours: str, body: str) -> str:
        taken = await self.client.messages.create_async(to=to, from_=ours, body=body)
        return str(taken.sid)


@asynccontextmanager
async def twilio_poster(port: int) -> AsyncIterator[TwilioPoster]:
    async with AsyncTwilioHttpClient() as http:
        client = Client("AC" + "5" * 32, "bench", http_client=http)  # type: ignore[no-untyped-call]
        client.api.base_url = f"http://127.0.0.1:{port}"
        yield TwilioPoster(client)


@asynccontextmanager
async def poster(port: int) -> AsyncIterator[Poster]:
    connector = aiohttp.TCPConnector(limit=IN_FLIGHT)
    async with aiohttp.ClientSession(
        connector=connector, headers=FORM, cookie_jar=aiohttp.DummyCookieJar()
    ) as session:
        yield Poster(session, URL(f"http://127.0.0.1:{port}/Messages.json"))


RECORDED = (
    "create table recorded (sid text primary key, recipient text, at timestamptz)"
)
# As many as make a queue fastest here; more only wait for each other's commits.
CONNECTIONS = 8


@dataclass(frozen=True, slots=True)
class Recorder:
    """One POST, and its outcome in a committed row."""

    poster: Poster
    pool: AsyncConnectionPool

    async def send(self, to: str, ours: str, body: str) -> None:
        sid = await self.poster.post(to, ours, body)
        async with self.pool.connection() as connection:
            await connection.execute(
                "insert into recorded values (%s, %s, clock_timestamp())", [sid, to]
            )


@asynccontextmanager
async def recorder(url: str, port: int) -> AsyncIterator[Recorder]:
    pool = AsyncConnectionPool(
        url, min_size=CONNECTIONS, open=False, kwargs={"autocommit": True}
    )
    async with poster(port) as plain, pool:
        yield Recorder(plain, pool)
