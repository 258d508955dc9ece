"""A ticket's page with its whole story, and the first page, in a town of a hundred
thousand tickets among a million, beside the same pages with ten thousand.

Two web processes, as ``townline serve`` starts them, and four clerks of the one town
who open a page every half second each: what a person reads for minutes.
"""

from __future__ import annotations

import asyncio
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from tests.bench.figures import Figure, at_most, within
from tests.bench.stage import Stage
from tests.bench.typists import Typist, typing
from tests.bench.web import serving
from tests.bench.world.lives import fill_lives, live_through
from tests.bench.world.standing import World, standing
from tests.bench.world.tickets import fill_tickets
from tests.bench.world.towns import clerks, numbers

OWN, ALL = (10_000, 100_000), 1_000_000
CLERKS, TURNS, PROCESSES = 4, 60, 2
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


def figures(stage: Stage) -> Iterator[Figure]:
    with standing(stage) as world:
        tokens = clerks(world.stage.app, world.towns[0], CLERKS)
        few = _measured(world, tokens, own=OWN[0], others=0)
        many = _measured(world, tokens, own=OWN[1] - OWN[0], others=ALL - OWN[1])
    for page, target in TARGETS.items():
        pair = many[page], few[page]
        name = f"{page}, four clerks, p99"
        yield within(name, pair, unit="ms", baseline=SMALL, target=target)
        yield at_most(f"{name}: growth", pair, unit="ms", baseline=SMALL, target=4)


def _measured(
    world: World, tokens: Sequence[str], *, own: int, others: int
) -> dict[str, float]:
    ids = [each.tenant_id for each in world.towns]
    fill_tickets(world.stage, ids[:1], own)
    if others:
        fill_tickets(world.stage, ids[1:], others, largest=1 / len(ids[1:]))
    fill_lives(world.stage, ids[0], 0)
    place, line = next(numbers(world.towns))
    seen = Town(f"/town/{place.slug}", live_through(world.stage, place, line, LIVED))
    world.settle_down()
    found: dict[str, float] = {}
    with serving(world.stage, processes=PROCESSES) as ports:
        for page in TARGETS:
            _run(seen, ports, tokens, page, times=TURNS // 4)
            found[page] = _p99(_run(seen, ports, tokens, page, times=TURNS))
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
