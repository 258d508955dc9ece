"""A ticket's page with its whole story, and the first page, in a town of a hundred
thousand tickets among a million, beside the same pages with few.

Two web processes, as ``townline serve`` starts them, and four clerks of the one town
who open a page every half second each: what a person reads for minutes.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tests.bench.figures import Figure, within
from tests.bench.typists import Typist, typing
from tests.bench.web import serving
from tests.bench.world.lives import fill_lives, live_through
from tests.bench.world.standing import World
from tests.bench.world.towns import numbers

TURNS, PROCESSES = 60, 2
PACE = 0.5
# Tickets that are looked at, each with a story of some forty entries.
LIVED = 40
SMALL = "the same with 10,000 tickets"
MILLISECONDS = 1000
TIMELINE, NEWS, FIRST = "a ticket's page", "news of a ticket", "dashboard"
TARGETS: Mapping[str, float] = {TIMELINE: 50, NEWS: 50, FIRST: 150}


@dataclass(frozen=True, slots=True)
class Town:
    """What the clerks of the bench open: their town's pages."""

    address: str
    tickets: Sequence[str]

    def asked(self, page: str, turn: int) -> str:
        ticket = f"{self.address}/tickets/{self.tickets[turn % len(self.tickets)]}"
        return {TIMELINE: ticket, NEWS: f"{ticket}/timeline", FIRST: self.address}[page]


def compared(many: Mapping[str, float], few: Mapping[str, float]) -> Iterator[Figure]:
    for page, target in TARGETS.items():
        pair = many[page], few[page]
        name = f"{page}, four clerks, p99"
        yield within(name, pair, unit="ms", baseline=SMALL, target=target)


def measured(world: World) -> dict[str, float]:
    fill_lives(world.stage, world.towns[0].tenant_id, 0)
    place, line = next(numbers(world.towns))
    seen = Town(f"/town/{place.slug}", live_through(world.stage, place, line, LIVED))
    world.settle_down()
    found: dict[str, float] = {}
    with serving(world.stage, processes=PROCESSES) as ports:
        for page in TARGETS:
            _run(seen, ports, world.clerks, page, times=TURNS // 4)
            found[page] = _p99(_run(seen, ports, world.clerks, page, times=TURNS))
    return found


def _run(
    at: Town, ports: Sequence[int], tokens: Sequence[str], page: str, *, times: int
) -> list[float]:
    async def ask(clerk: Typist, turn: int) -> None:
        # No two ask for the same at once: each begins elsewhere among the tickets.
        await clerk.get(at.asked(page, turn + 7 * tokens.index(clerk.token)))

    seconds, _ = asyncio.run(typing(ports, tokens, ask, times=times, every=PACE))
    return seconds


def _p99(seconds: Sequence[float]) -> float:
    return sorted(seconds)[int(len(seconds) * 0.99)] * MILLISECONDS
