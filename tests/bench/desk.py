"""The desk with a million tickets, beside the same desk with ten thousand.

Two web processes, as ``townline serve`` starts them, and eight agents who ask as often
as the page of somebody who types without a pause. How many tickets can be saved in a
second is asked of agents who wait for nothing but the answers.
"""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Iterator, Sequence
from dataclasses import dataclass, field
from uuid import UUID, uuid4

from tests.bench.figures import Figure, at_least, at_most, within
from tests.bench.typists import Typist, typing
from tests.bench.web import serving
from tests.bench.world.standing import World
from tests.bench.world.towns import Place

PROCESSES, TURNS = 2, 120
# Three letters a second: the page asks after each. Nobody opens or saves as often.
PAUSE = 0.3
SMALL = "the same with 10,000 tickets"
MILLISECONDS = 1000
# What an agent has typed when a street's, or an answer's, first letters are there.
STREETS = ("12 oa", "340 mapel", "7 chest", "45 w lak", "elm & 4t", "101 pin st")
QUESTIONS = ("garb", "snow par", "recyling", "water bil", "noise", "missed pick")
FORM = {
    "identity": "identified",
    "name": "Helen Marsh",
    "phone": "+13125550142",
    "language": "en",
    "tell_by": "sms",
    "safety.hurt": "no",
    "safety.wires-down": "no",
    "safety.water-near-wires": "no",
    "safety.gas": "no",
    "read.place": "on",
    "read.name": "on",
    "read.number": "on",
    "read.danger": "on",
    "words": "Water is coming up through the street.",
    "category": "water-main-break",
    "answer.flow": "stream",
    "answer.cars": "one-lane",
    "place": "Elm St and 4th Ave",
    "latitude": "41.8901",
    "longitude": "-87.9123",
    "said": "on",
    "disposition": "ticket_created",
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Work:
    """Something an agent waits for, in milliseconds at most; ``asks`` does it once."""

    name: str
    target: float
    asks: Callable[[Typist, Place, UUID, int], Awaitable[object]]


@dataclass(slots=True)
class Measured:
    """p99 in milliseconds by what was waited for, and tickets saved a second."""

    slowest: dict[str, float] = field(default_factory=dict)
    saved: float = 0.0


async def _open(agent: Typist, at: Place, call: UUID, turn: int) -> None:
    await agent.get(f"/desk/calls/{at.slug}/{call}")


async def _street(agent: Typist, at: Place, call: UUID, turn: int) -> None:
    typed = STREETS[turn % len(STREETS)].replace(" ", "+").replace("&", "%26")
    await agent.get(f"/desk/calls/{at.slug}/{call}/places?place={typed}")


async def _question(agent: Typist, at: Place, call: UUID, turn: int) -> None:
    typed = QUESTIONS[turn % len(QUESTIONS)].replace(" ", "+")
    await agent.get(f"/desk/calls/{at.slug}/{call}/articles?typed={typed}")


async def _known(agent: Typist, at: Place, call: UUID, turn: int) -> None:
    await agent.post(f"/desk/calls/{at.slug}/{call}/known", FORM)


async def _save(agent: Typist, at: Place, call: UUID, turn: int) -> None:
    form = {**FORM, "client_key": str(uuid4())}
    await agent.post(f"/desk/calls/{at.slug}/{call}/ticket", form)


WAITED_FOR = (
    Work(name="opening a call", target=100, asks=_open),
    Work(name="address search", target=50, asks=_street),
    Work(name="article search", target=50, asks=_question),
    Work(name="duplicate search over HTTP", target=30, asks=_known),
)
SAVING = Work(name="saving a ticket with its escalation", target=50, asks=_save)


def compared(many: Measured, few: Measured) -> Iterator[Figure]:
    for work in (*WAITED_FOR, SAVING):
        pair = many.slowest[work.name], few.slowest[work.name]
        name = f"{work.name}, eight agents typing, p99"
        yield within(name, pair, unit="ms", baseline=SMALL, target=work.target)
        yield at_most(f"{name}: growth", pair, unit="ms", baseline=SMALL, target=2)
    yield at_least(
        "tickets saved with their escalation, two web processes",
        (many.saved, 100.0),
        unit="per second",
        baseline="the hundred a second that were asked for",
        target=1,
    )


def measured(world: World) -> Measured:
    found = Measured()
    with serving(world.stage, processes=PROCESSES) as ports:
        for work in WAITED_FOR:
            # Each process reads a town's rules and streets once, when first asked.
            _run(world, ports, work, times=len(world.towns))
            seconds, _ = _run(world, ports, work, times=TURNS, every=PAUSE)
            found.slowest[work.name] = _p99(seconds)
        _run(world, ports, SAVING, times=TURNS // 4)
        seconds, _ = _run(world, ports, SAVING, times=TURNS, every=PAUSE)
        found.slowest[SAVING.name] = _p99(seconds)
        seconds, took = _run(world, ports, SAVING, times=TURNS)
        found.saved = len(seconds) / took
    return found


def _run(
    world: World, ports: Sequence[int], work: Work, *, times: int, every: float = 0.0
) -> tuple[list[float], float]:
    """Each agent in calls of their own, a town after the other."""
    calls = {
        token: world.callers(times, taken_by=world.agent(number))
        for number, token in enumerate(world.tokens)
    }

    async def ask(agent: Typist, turn: int) -> None:
        await work.asks(agent, *calls[agent.token][turn], turn)

    return asyncio.run(typing(ports, world.tokens, ask, times=times, every=every))


def _p99(seconds: Sequence[float]) -> float:
    return sorted(seconds)[int(len(seconds) * 0.99)] * MILLISECONDS
