"""A town's own pages with a hundred thousand tickets of its own among a million,
beside the same pages with few.

Two web processes, as ``townline serve`` starts them, and four clerks of the one town
who ask twice a second each. The file of all tickets is one process's.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass, field

from tests.bench.figures import Figure, at_least, at_most, within
from tests.bench.files import Taken, take
from tests.bench.typists import Typist, typing
from tests.bench.web import one, serving
from tests.bench.world.standing import World
from tests.bench.world.towns import Place
from tests.bench.world.words import VOCABULARY

TURNS, PROCESSES = 120, 2
# Nobody reads a list, or thinks of other words, in less.
PACE = 0.5
SMALL = "the same with 10,000 tickets"
MILLISECONDS = 1000
# The first page as it opens, and narrowed by what many and what few tickets have.
LISTS = (
    "",
    "?state=all",
    "?state=closed&level=1",
    "?state=all&department=parks",
    "?state=all&category=pothole&promise=missed",
    "?state=all&channel=walk_in",
    "?assignee=nobody",
    "?state=all&since=2024-03-01&until=2024-03-31",
)
# What is in every third ticket, in one of a thousand, begun, together, and nowhere.
WORDS = (
    "water",
    "elm",
    "hydrant elm",
    "since this morning",
    VOCABULARY[0],
    VOCABULARY[700],
    VOCABULARY[2900][:6],
    f"{VOCABULARY[3]} mulberry",
    "water sidewalk",
    "nowhere at all",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """Something a clerk waits for, in milliseconds at most."""

    name: str
    target: float
    asks: Callable[[Typist, Place, int], Awaitable[object]]


@dataclass(slots=True)
class Measured:
    """p99 in milliseconds by page, and the file of all tickets."""

    slowest: dict[str, float] = field(default_factory=dict)
    file: Taken = field(default_factory=Taken)


async def _list(clerk: Typist, at: Place, turn: int) -> None:
    await clerk.get(f"/town/{at.slug}/tickets{LISTS[turn % len(LISTS)]}")


async def _search(clerk: Typist, at: Place, turn: int) -> None:
    text = WORDS[turn % len(WORDS)].replace(" ", "+")
    state = ("open", "all", "closed")[turn // len(WORDS) % 3]
    await clerk.get(f"/town/{at.slug}/tickets?state={state}&text={text}")


PAGES = (
    Page(name="ticket list, first page", target=100, asks=_list),
    Page(name="full-text search", target=100, asks=_search),
)


def compared(many: Measured, few: Measured) -> Iterator[Figure]:
    for page in PAGES:
        pair = many.slowest[page.name], few.slowest[page.name]
        name = f"{page.name}, four clerks, p99"
        yield within(name, pair, unit="ms", baseline=SMALL, target=page.target)
    yield at_least(
        "CSV of 100,000 tickets",
        (many.file.per_second, 20_000.0),
        unit="rows per second",
        baseline="the twenty thousand a second that were asked for",
        target=1,
    )
    yield at_most(
        "memory of a web process at its most, while it writes that file",
        (many.file.memory, few.file.memory),
        unit="MB",
        baseline="while it writes that of 1,000 tickets",
        target=1.1,
    )


def measured(world: World) -> Measured:
    found = Measured()
    with serving(world.stage, processes=PROCESSES) as ports:
        for page in PAGES:
            _run(world.towns[0], ports, world.clerks, page, times=TURNS // 4)
            seconds = _run(world.towns[0], ports, world.clerks, page, times=TURNS)
            found.slowest[page.name] = _p99(seconds)
    with one(world.stage) as served:
        address = f"/town/{world.towns[0].slug}/tickets.csv?state=all"
        take(served, address, world.clerks[0])
        found.file = take(served, address, world.clerks[0])
    return found


def _run(
    at: Place, ports: Sequence[int], tokens: Sequence[str], page: Page, *, times: int
) -> list[float]:
    async def ask(clerk: Typist, turn: int) -> None:
        # No two ask for the same at once: each begins elsewhere in the list.
        await page.asks(clerk, at, turn + 3 * tokens.index(clerk.token))

    seconds, _ = asyncio.run(typing(ports, tokens, ask, times=times, every=PACE))
    return seconds


def _p99(seconds: Sequence[float]) -> float:
    return sorted(seconds)[int(len(seconds) * 0.99)] * MILLISECONDS
