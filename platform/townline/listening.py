"""A connection that hears PostgreSQL's hints, and is closed whatever comes between."""

from __future__ import annotations

import asyncio
from collections.abc import AsyncIterator
from contextlib import asynccontextmanager, suppress

import psycopg


@asynccontextmanager
async def listening_connection(url: str) -> AsyncIterator[psycopg.AsyncConnection]:
    """Whoever is stopped while it opens waits for it, and leaves none open behind."""
    opening = asyncio.ensure_future(
        psycopg.AsyncConnection.connect(url, autocommit=True)
    )
    try:
        connection = await asyncio.shield(opening)
    except asyncio.CancelledError:
        with suppress(psycopg.Error):
            await (await opening).close()
        raise
    async with connection:
        yield connection
