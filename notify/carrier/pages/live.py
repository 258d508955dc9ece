"""Tells an open page what has changed, without its asking every second."""

from __future__ import annotations

from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromQuery
from litestar.response import Template

from notify.carrier.exchange import Exchange

# Shorter than what browsers and proxies wait for an answer.
HOLD_SECONDS = 20.0


@get("/live")
async def live_topics(
    exchange: NamedDependency[Exchange], seen: FromQuery[int] = -1
) -> Template:
    """Wait for a change, and name what changed as events of the page."""
    bell = exchange.plant.bell
    topics: list[str] = []
    if seen >= 0:
        await bell.until(lambda: bell.version > seen, seconds=HOLD_SECONDS)
        topics = bell.since(seen)
    return Template(
        "_live.html",
        context={"seen": bell.version},
        headers={"HX-Trigger": ", ".join(topics)} if topics else {},
    )
