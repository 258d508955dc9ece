"""pgqueuer's worker, on the loop that its own command runs it on."""

from __future__ import annotations

import sys
from datetime import timedelta

import msgspec
import psycopg
import uvloop
from pgqueuer import PgQueuer
from pgqueuer.db import PsycopgDriver
from pgqueuer.models import Job

from tests.bench.contestants.posting import IN_FLIGHT, recorder


async def work(url: str, port: int) -> None:
    async with (
        await psycopg.AsyncConnection.connect(url, autocommit=True) as connection,
        recorder(url, port) as plain,
    ):
        queuer = PgQueuer(PsycopgDriver(connection))

        # The sender itself has 64 in flight: a limit of the queue's own is slower.
        @queuer.entrypoint("relay")
        async def relay(job: Job) -> None:
            await plain.send(*msgspec.json.decode(job.payload or b""))

        await queuer.run(batch_size=IN_FLIGHT, dequeue_timeout=timedelta(seconds=0.05))


if __name__ == "__main__":
    uvloop.run(work(sys.argv[1], int(sys.argv[2])))
