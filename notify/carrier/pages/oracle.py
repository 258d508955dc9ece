"""The carrier's own log, for a checker that trusts nobody."""

from __future__ import annotations

from litestar import Controller, get, post
from litestar.di import NamedDependency
from litestar.params import FromQuery

from notify.carrier.exchange import Exchange
from notify.carrier.oracle import Entry


class OracleController(Controller):
    path = "/oracle"

    @get("/log")
    async def log(
        self, exchange: NamedDependency[Exchange], since: FromQuery[int] = 0
    ) -> list[Entry]:
        return exchange.plant.oracle.since(since)

    @post("/reset", status_code=204)
    async def reset(self, exchange: NamedDependency[Exchange]) -> None:
        await exchange.reset()
