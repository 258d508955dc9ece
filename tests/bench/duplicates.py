"""What is known near a place: in the database, with ten thousand tickets and a million.

The database's own time is what its answers take, whoever sends the questions; the whole
search adds the score in Python, and is what an agent waits for.
"""

from __future__ import annotations

import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from random import Random

from sqlalchemy import event, text

import tenants
from tests.bench.figures import Figure, at_most, within
from tests.bench.world.places import SIDE, SOUTH, TREES, WEST
from tests.bench.world.standing import World
from tickets.duplicates import Typed, cells_around, search
from townline.clock import utc_now
from townline.db import Database
from townline.tenancy import town

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


@dataclass(frozen=True, slots=True)
class Searched:
    """The slowest of a hundred, in milliseconds: its statements, and all of it."""

    in_database: float
    whole: float


def compared(many: Searched, few: Searched) -> Iterator[Figure]:
    pairs = (
        ("in the database", (many.in_database, few.in_database), 5),
        ("with its score", (many.whole, few.whole), 30),
    )
    for what, pair, target in pairs:
        name = f"duplicate search {what}, p99"
        yield within(name, pair, unit="ms", baseline=SMALL, target=target)
        yield at_most(f"{name}: growth", pair, unit="ms", baseline=SMALL, target=2)


def measured(world: World) -> Searched:
    """In the largest town, all over it and about everything."""
    chance = Random(SEARCHES)  # noqa: S311 - a world to measure, no secret
    with town(world.stage.app, world.stage.town) as db:
        categories = [each.key for each in tenants.current(db).town.categories]
    with _timed(world.stage.app) as spent:
        took = [_search(world, chance, categories, spent) for _ in range(SEARCHES)]
    database, whole = zip(*took[WARMING:], strict=True)
    return Searched(_p99(database), _p99(whole))


def _search(
    world: World, chance: Random, categories: Sequence[str], spent: list[float]
) -> tuple[float, float]:
    typed = Typed(
        category=chance.choice(categories),
        place=f"{chance.randrange(400)} {chance.choice(TREES)} St",
        latitude=SOUTH + SIDE * chance.random(),
        longitude=WEST + SIDE * chance.random(),
        words="since this morning",
    )
    with town(world.stage.app, world.stage.town) as db:
        tenants.current(db)
        spent.clear()
        began = time.perf_counter()
        search(db, typed, at=utc_now())
        return sum(spent), time.perf_counter() - began


@contextmanager
def _timed(database: Database) -> Iterator[list[float]]:
    """How long each statement took, from its sending to its last row."""
    began, spent = list[float](), list[float]()

    def before(*_: object) -> None:
        began.append(time.perf_counter())

    def after(*_: object) -> None:
        spent.append(time.perf_counter() - began.pop())

    hooks = {"before_cursor_execute": before, "after_cursor_execute": after}
    for name, hook in hooks.items():
        event.listen(database.engine, name, hook)
    try:
        yield spent
    finally:
        for name, hook in hooks.items():
            event.remove(database.engine, name, hook)


def _p99(seconds: Sequence[float]) -> float:
    return sorted(seconds)[int(len(seconds) * 0.99)] * MILLISECONDS


def check_plan(world: World) -> None:
    """That of a grown world; in a small one any plan is as good."""
    here = {"tenant": world.stage.town, "cell": _cell()}
    with town(world.stage.app, world.stage.town) as db:
        plan = "\n".join(db.session.execute(EXPLAIN, here).scalars())
    if INDEX not in plan:
        raise WrongPlan(plan)


def _cell() -> int:
    middle = SOUTH + SIDE / 2, WEST + SIDE / 2
    return cells_around(*middle, metres=1.0)[0]
