"""pgqueuer's worker with its fastest driver, on the loop that its own command uses."""

from __future__ import annotations

import sys
from datetime import timedelta

import asyncpg
import msgspec
import uvloop
from pgqueuer import PgQueuer
from pgqueuer.db import AsyncpgPoolDriver
from pgqueuer.models import Job

from tests.bench.contestants.posting import (
    CONNECTIONS,
    IN_FLIGHT,
    Poster,
    TwilioPoster,
    poster,
    twilio_poster,
)

RECORD = "insert into recorded values ($1, $2, clock_timestamp())"


async def work(url: str, port: int, sender: str) -> None:
    sending = twilio_poster if sender == "twilio" else poster
    # The queue's own statements do not stand in line behind those of its jobs.
    async with (
        asyncpg.create_pool(url) as queue,
        asyncpg.create_pool(url, min_size=1, max_size=CONNECTIONS) as outcomes,
        sending(port) as ready,
    ):
        await _run(queue, outcomes, ready)


async def _run(
    queue: asyncpg.Pool, outcomes: asyncpg.Pool, ready: Poster | TwilioPoster
) -> None:
    queuer = PgQueuer(AsyncpgPoolDriver(queue))

    # The sender itself has 64 in flight: a limit of the queue's own is slower.
    @queuer.entrypoint("relay")
    async def relay(job: Job) -> None:
        to, ours, body = msgspec.json.decode(job.payload or b"")
        sid = await ready.post(to, ours, body)
        await outcomes.execute(RECORD, sid, to)

    await queuer.run(batch_size=IN_FLIGHT, dequeue_timeout=timedelta(seconds=0.05))


if __name__ == "__main__":
    uvloop.run(work(sys.argv[1], int(sys.argv[2]), sys.argv[3]))
