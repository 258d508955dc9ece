"""Pages and searches among a million tickets, beside the same among ten thousand.

It is one world: measured by every part that is asked for, grown, and measured again.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any

from tests.bench import desk, duplicates, portal, portal_pages
from tests.bench.figures import Figure
from tests.bench.stage import Stage
from tests.bench.world.places import fill_places
from tests.bench.world.standing import World, standing
from tests.bench.world.tickets import fill_tickets

# Tickets and addresses; a tenth of the tickets are the largest town's.
FEW, MANY = (10_000, 5_000), (1_000_000, 500_000)
LARGEST = 0.1


@dataclass(frozen=True, slots=True)
class Part:
    """``measured`` looks at a world; ``compared`` makes figures of many and few."""

    measured: Callable[[World], Any]
    compared: Callable[[Any, Any], Iterator[Figure]]


PARTS = {
    "duplicates": Part(duplicates.measured, duplicates.compared),
    "desk": Part(desk.measured, desk.compared),
    "portal": Part(portal.measured, portal.compared),
    "pages": Part(portal_pages.measured, portal_pages.compared),
}


def figures(stage: Stage, names: Sequence[str]) -> Iterator[Figure]:
    parts = [PARTS[name] for name in names]
    with standing(stage) as world:
        _grow(world, *FEW)
        few = [part.measured(world) for part in parts]
        _grow(world, MANY[0] - FEW[0], MANY[1] - FEW[1])
        duplicates.check_plan(world)
        for part, before in zip(parts, few, strict=True):
            yield from part.compared(part.measured(world), before)


def _grow(world: World, tickets: int, addresses: int) -> None:
    towns = [each.tenant_id for each in world.towns]
    fill_tickets(world.stage, towns, tickets, largest=LARGEST)
    fill_places(world.stage, towns, addresses)
    world.settle_down()
