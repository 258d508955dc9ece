"""What is known near a place: in the database, with ten thousand tickets and a million.

The database's own time is what its answers take, whoever sends the questions; the whole
search adds the score in Python, and is what an agent waits for.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from random import Random

from sqlalchemy import text

import tenants
from tests.bench.figures import Figure, at_most, within
from tests.bench.stage import Stage
from tests.bench.world.places import SIDE, SOUTH, TREES, WEST
from tests.bench.world.standing import World, standing
from tests.bench.world.tickets import fill_tickets
from tickets.duplicates import Typed, cells_around, search
from townline.clock import utc_now
from townline.tenancy import town

FEW, MANY = 10_000, 1_000_000
SEARCHES, WARMING = 1_500, 150
SMALL = "the same with 10,000 tickets"
INDEX = "ix_ticket_near"
MILLISECONDS = 1000
EXPLAIN = text(
    "explain (format text) select id from ticket where tenant_id = :tenant"
    " and cell = :cell and opened_at > now() - interval '30 days'"
    " and category = 'pothole' order by opened_at desc limit 40"
)


class WrongPlan(AssertionError):
    """The search does not go through its index."""


def figures(stage: Stage) -> Iterator[Figure]:
    with standing(stage) as world:
        ids = [each.tenant_id for each in world.towns]
        fill_tickets(world.stage, ids, FEW)
        world.settle_down()
        few = _measured(world)
        fill_tickets(world.stage, ids, MANY - FEW)
        world.settle_down()
        _check_plan(world)
        many = _measured(world)
    name = "duplicate search, place and category typed, p99"
    yield within(name, (many, few), unit="ms", baseline=SMALL, target=5)
    yield at_most(f"{name}: growth", (many, few), unit="ms", baseline=SMALL, target=2)


def _measured(world: World) -> float:
    """The slowest of a hundred, in milliseconds, in the largest town: all statements of
    one search with their round trips, and the score."""
    largest = world.stage.town
    chance = Random(SEARCHES)  # noqa: S311 - a world to measure, no secret
    with town(world.stage.app, largest) as db:
        categories = [each.key for each in tenants.current(db).town.categories]
    took = []
    for turn in range(SEARCHES):
        typed = Typed(
            category=chance.choice(categories),
            place=f"{turn % 400} {TREES[turn % len(TREES)]} St",
            latitude=SOUTH + SIDE * chance.random(),
            longitude=WEST + SIDE * chance.random(),
            words="since this morning",
        )
        with town(world.stage.app, largest) as db:
            tenants.current(db)
            began = time.perf_counter()
            search(db, typed, at=utc_now())
            took.append(time.perf_counter() - began)
    return sorted(took[WARMING:])[int((SEARCHES - WARMING) * 0.99)] * MILLISECONDS


def _check_plan(world: World) -> None:
    here = {"tenant": world.stage.town, "cell": _cell()}
    with town(world.stage.app, world.stage.town) as db:
        plan = "\n".join(db.session.execute(EXPLAIN, here).scalars())
    if INDEX not in plan:
        raise WrongPlan(plan)


def _cell() -> int:
    middle = SOUTH + SIDE / 2, WEST + SIDE / 2
    return cells_around(*middle, metres=1.0)[0]
