"""The queues beside ours, each in a database of its own on the same server."""

from __future__ import annotations

import asyncio
import os
from collections.abc import Generator
from contextlib import contextmanager

import msgspec
import psycopg
from pgqueuer.db import PsycopgDriver
from pgqueuer.queries import Queries
from procrastinate import PsycopgConnector
from procrastinate.types import JSONDict
from sqlalchemy import make_url

from tests.bench.contestants.posting import RECORDED
from tests.bench.contestants.procrastinates import app

Words = tuple[str, str, str]  # to, from, body


@contextmanager
def database(admin_url: str, name: str) -> Generator[str]:
    """An empty one, for as long as it is needed; its address for libpq."""
    name = f"townline_bench_{name}_{os.getpid()}"
    url = make_url(admin_url).set(drivername="postgresql")
    here = url.render_as_string(hide_password=False)
    with psycopg.connect(here, autocommit=True) as admin:
        admin.execute(f'create database "{name}"'.encode())
        there = url.set(database=name).render_as_string(hide_password=False)
        with psycopg.connect(there, autocommit=True) as fresh:
            fresh.execute(RECORDED)
        yield there
        admin.execute(f'drop database "{name}" with (force)'.encode())


def install_pgqueuer(url: str) -> None:
    async def install() -> None:
        async with await _connected(url) as connection:
            await Queries(PsycopgDriver(connection)).install()

    asyncio.run(install())


def enqueue_pgqueuer(url: str, jobs: list[Words]) -> None:
    async def enqueue() -> None:
        async with await _connected(url) as connection:
            payloads: list[bytes | None] = [msgspec.json.encode(each) for each in jobs]
            queries = Queries(PsycopgDriver(connection))
            await queries.enqueue(["relay"] * len(jobs), payloads, [0] * len(jobs))

    asyncio.run(enqueue())


def install_procrastinate(url: str) -> None:
    async def install() -> None:
        connector = PsycopgConnector(conninfo=url)
        with app.replace_connector(connector) as it:
            async with it.open_async():
                await it.schema_manager.apply_schema_async()

    asyncio.run(install())


def enqueue_procrastinate(url: str, jobs: list[Words]) -> None:
    async def enqueue() -> None:
        connector = PsycopgConnector(conninfo=url)
        with app.replace_connector(connector) as it:
            async with it.open_async():
                await it.configure_task("relay").batch_defer_async(
                    *(_named(each) for each in jobs)
                )

    asyncio.run(enqueue())


def _named(words: Words) -> JSONDict:
    to, ours, body = words
    return {"to": to, "ours": ours, "body": body}


async def _connected(url: str) -> psycopg.AsyncConnection:
    return await psycopg.AsyncConnection.connect(url, autocommit=True)
