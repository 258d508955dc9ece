"""Status callbacks a second, each signed, deduplicated and on disk before its answer.

The web process is the one that ``townline serve`` starts, behind no other. Beside it
``pgbench -N`` drives the same PostgreSQL with as many clients: what a durable write
costs there without any HTTP, signature or Python.
"""

from __future__ import annotations

import asyncio
import re
import subprocess
import time
from collections.abc import Generator, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace
from urllib.parse import urlencode
from uuid import UUID, uuid4

import psycopg
from sqlalchemy import func, make_url, select

import notify
from notify.carrier.signing import twilio_signature
from notify.channels.recording import RecordingCarrier
from notify.models import Attempt, ProviderEvent
from tests.bench.figures import Figure, at_least, beside
from tests.bench.stage import Stage
from tests.bench.web import serving
from tests.notify.cast import relay
from townline.clock import utc_now
from townline.embedded.binaries import installed_binaries
from townline.tenancy import town

CLIENTS = 32
SECONDS = 5
# Every so many callbacks the carrier tells one again that was answered already.
REPEATED = 16
TEXTS = 96
LIFE = ("queued", "sending", "sent", "delivered")
TOKEN = "a-token-of-the-bench"
# Ten rows of branches: -N never touches them, and more data would only be colder.
SCALE = 10
TPS = re.compile(r"tps = ([0-9.]+)")


class Lost(AssertionError):
    """Something was answered and is not on disk."""


@dataclass(frozen=True, slots=True)
class Callback:
    """A signed request; the carrier's token for it comes last."""

    head: bytes
    body: bytes

    def request(self, token: str) -> bytes:
        named = f"I-Twilio-Idempotency-Token: {token}\r\n\r\n".encode()
        return self.head + named + self.body


def figures(stage: Stage) -> Iterator[Figure]:
    settings = {"TWILIO_AUTH_TOKEN": TOKEN}
    with serving(stage, settings=settings) as (port,), _pgbench(stage) as transactions:
        callbacks = [each for each in _callbacks(stage, port)]

        def taken() -> float:
            return _flood(stage, callbacks, port)

        taken()
        measured = beside(taken, transactions)
    yield at_least(
        f"status callbacks signed, deduplicated and on disk, {CLIENTS} clients",
        measured,
        unit="per second",
        baseline=f"pgbench -N, {CLIENTS} clients",
        target=0.4,
    )


def _flood(stage: Stage, callbacks: list[Callback], port: int) -> float:
    """Answers a second; every one of them is then looked for in the database."""
    before = _kept(stage)
    answered, took = asyncio.run(_all(callbacks, port))
    kept = _kept(stage) - before
    if kept < len(set(answered)):
        raise Lost(f"{len(set(answered))} answered, {kept} kept")
    return len(answered) / took


async def _all(callbacks: list[Callback], port: int) -> tuple[list[str], float]:
    began = time.perf_counter()
    until = began + SECONDS
    shares = [callbacks[number::CLIENTS] for number in range(CLIENTS)]
    told = await asyncio.gather(*(_client(share, port, until) for share in shares))
    return [token for tokens in told for token in tokens], time.perf_counter() - began


async def _client(callbacks: list[Callback], port: int, until: float) -> list[str]:
    """One connection of the carrier's: a callback after the other."""
    reader, writer = await asyncio.open_connection("127.0.0.1", port)
    answered: list[str] = []
    while time.perf_counter() < until:
        for each in callbacks:
            again = answered and len(answered) % REPEATED == 0
            token = answered[-1] if again else uuid4().hex
            writer.write(each.request(token))
            answer = await reader.readuntil(b"\r\n\r\n")
            if not answer.startswith(b"HTTP/1.1 204"):
                raise Lost(answer.decode())
            answered.append(token)
    writer.close()
    return answered


def _callbacks(stage: Stage, port: int) -> Iterator[Callback]:
    """The four receipts of each text, in a shuffle of the texts."""
    for attempt_id in _sent(stage):
        path = f"/hooks/twilio/message-status/RIV/{attempt_id}"
        for status in LIFE:
            form = {
                "MessageSid": f"SM{attempt_id.hex}",
                "MessageStatus": status,
                "AccountSid": "AC" + "5" * 32,
                "From": "+13125550100",
                "To": "+13125550161",
                "ApiVersion": "2010-04-01",
            }
            url = f"http://127.0.0.1:{port}{path}"
            body = urlencode(form).encode()
            signature = twilio_signature(TOKEN, url, form.items())
            head = (
                f"POST {path} HTTP/1.1\r\nHost: 127.0.0.1:{port}\r\n"
                "Content-Type: application/x-www-form-urlencoded; charset=UTF-8\r\n"
                f"Content-Length: {len(body)}\r\nUser-Agent: TwilioProxy/1.1\r\n"
                f"Accept: */*\r\nX-Twilio-Signature: {signature}\r\n"
            )
            yield Callback(head.encode(), body)


def _sent(stage: Stage) -> list[UUID]:
    """Texts that a carrier has taken, so that their callbacks name something."""
    at = utc_now()
    texts = [
        replace(
            relay(code=False, level=3, due_at=at, expires_at=None),
            key=f"bench/callbacks/{number}",
            destination=f"+1312555{number:04}",
        )
        for number in range(TEXTS)
    ]
    with town(stage.engine, stage.town) as db:
        notify.promise_all(db, texts, at=at)
    while notify.send_due(stage.engine, RecordingCarrier().everywhere(), at=at):
        pass
    with town(stage.engine, stage.town) as db:
        newest = select(Attempt.id).where(Attempt.tenant_id == db.tenant_id)
        return list(db.session.scalars(newest.limit(TEXTS)))


def _kept(stage: Stage) -> int:
    with town(stage.engine, stage.town) as db:
        number = select(func.count()).where(ProviderEvent.tenant_id == db.tenant_id)
        return db.session.scalars(number).one()


@contextmanager
def _pgbench(stage: Stage) -> Generator[Transactions]:
    """A database of its own on the same server, made ready."""
    admin = make_url(stage.admin)
    name = f"{make_url(stage.engine.url).database}_pgbench"
    with psycopg.connect(_libpq(stage.admin), autocommit=True) as connection:
        connection.execute(f"create database {name}")
        try:
            there = admin.set(database=name).render_as_string(hide_password=False)
            pgbench = Transactions(_libpq(there))
            pgbench.run("-i", "-q", "-s", str(SCALE))
            yield pgbench
        finally:
            connection.execute(f"drop database {name} with (force)")


@dataclass(frozen=True, slots=True)
class Transactions:
    url: str

    def __call__(self) -> float:
        clients = ("-c", str(CLIENTS), "-j", "2")
        told = self.run("-N", "-n", *clients, "-T", str(SECONDS))
        found = TPS.search(told)
        if found is None:
            raise Lost(told)
        return float(found[1])

    def run(self, *words: str) -> str:
        command = [installed_binaries().program("pgbench"), *words, self.url]
        done = subprocess.run(  # noqa: S603 - the server's own program
            command, capture_output=True, text=True, check=True
        )
        return done.stdout


def _libpq(url: str) -> str:
    return url.replace("+psycopg", "")
