"""Our worker's pump, with the plain sender or the real ones."""

from __future__ import annotations

import asyncio
import sys
from collections.abc import AsyncIterator, Sequence
from contextlib import asynccontextmanager
from dataclasses import dataclass

import uvloop

import notify.pump
from notify.carrier import CarrierConfig
from notify.channels import Carriers, Parcel, Sighting
from notify.channels.real import open_carriers
from tests.bench.contestants.posting import Poster, poster
from tests.notify.office import settings_for
from townline import logs
from townline.clock import SharedClock
from townline.db import Database
from townline.entrypoints.wiring import plug
from townline.roles import ENGINE
from townline.settings import Settings
from townline.turns import take_short_turns


@dataclass(frozen=True, slots=True)
class PlainCarrier:
    """Takes texts by one POST; nothing of it is ever in doubt."""

    poster: Poster

    async def deliver(self, parcel: Parcel) -> str:
        return await self.poster.post(parcel.theirs, parcel.ours, parcel.body)

    async def find(self, parcel: Parcel) -> Sequence[Sighting]:
        return []

    async def look(self, parcel: Parcel) -> Sighting | None:
        return None

    async def hang_up(self, parcel: Parcel) -> None:
        """A text cannot be called back."""


@asynccontextmanager
async def plain(settings: Settings, port: int) -> AsyncIterator[Carriers]:
    async with open_carriers(settings) as real, poster(port) as ready:
        yield {**real, "sms": PlainCarrier(ready)}


async def work(url: str, port: int, sender: str) -> None:
    carrier = CarrierConfig(
        account_sid="AC" + "5" * 32,
        auth_token="bench",
        sendgrid_key="SG.bench",
        base_url=f"http://127.0.0.1:{port}",
    )
    settings = settings_for("http://127.0.0.1:1", carrier, url)
    database = Database(url, role=ENGINE)
    await notify.pump.run(
        database,
        settings,
        clock=SharedClock(database.engine),
        stopping=asyncio.Event(),
        carriers=plain(settings, port) if sender == "plain" else None,
    )


if __name__ == "__main__":
    logs.configure()
    take_short_turns()
    plug()
    uvloop.run(work(sys.argv[1], int(sys.argv[2]), sys.argv[3]))
