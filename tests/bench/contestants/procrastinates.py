"""procrastinate's worker."""

from __future__ import annotations

import sys

import uvloop
from procrastinate import App, PsycopgConnector

from tests.bench.contestants.posting import IN_FLIGHT, Recorder, recorder

app = App(connector=PsycopgConnector())
plain: list[Recorder] = []


@app.task(name="relay")
async def relay(to: str, ours: str, body: str) -> None:
    await plain[0].send(to, ours, body)


async def work(url: str, port: int) -> None:
    connector = PsycopgConnector(conninfo=url)
    with app.replace_connector(connector) as it:
        async with recorder(url, port) as ready, it.open_async():
            plain.append(ready)
            await it.run_worker_async(
                concurrency=IN_FLIGHT, install_signal_handlers=False
            )


if __name__ == "__main__":
    uvloop.run(work(sys.argv[1], int(sys.argv[2])))
