"""What is done to the system while it works, and how it is left to come to rest."""

from __future__ import annotations

import os
import random
import signal
import time
from collections import Counter
from collections.abc import Callable, Iterator
from contextlib import ExitStack, suppress
from dataclasses import dataclass, field
from functools import partial
from itertools import cycle

import psycopg

from notify.carrier import Bench
from notify.carrier.faults import FaultKind
from notify.carrier.oracle import Channel
from tests.chaos.ground import Ground
from tests.chaos.launcher import FAIL_POINTS
from tests.chaos.shift import Shift

FAULTS: tuple[tuple[FaultKind, Channel | None], ...] = (
    ("drop_connection", "sms"),
    ("server_error_accepted", "sms"),
    ("drop_connection", "voice"),
    ("server_error_accepted", "voice"),
    ("server_error_refused", "sms"),
    ("too_many_requests", "sms"),
    ("callbacks_doubled", None),
    ("callbacks_reversed", None),
    ("callbacks_early", "sms"),
    ("drop_connection", "mail"),
)
Blow = tuple[float, str, Callable[[], None]]


def orders(seed: int) -> Iterator[str]:
    """Fail points without end, each in turn, at its first to third passing."""
    draw = random.Random(seed)  # noqa: S311 - a story, not a secret
    for point in cycle(FAIL_POINTS):
        yield f"{point}:{draw.randint(1, 3)}:SIGKILL"


def spoil(bench: Bench, draw: random.Random) -> None:
    """One or two answers of the carrier, or callbacks, will not be as they should."""
    kind, channel = draw.choice(FAULTS)
    bench.fault(kind, channel=channel, count=draw.randint(1, 2), seconds=1.0)


# Past a claim's lease of 30 seconds: whoever wakes then is late.
SLEEP = 36.0
# Of the storm's whole length.
SLEEPS_AT = 0.1
POSTGRES_DIES_AT = (0.3, 0.8)
BACKEND_DIES_AT = 0.5
# After one of its processes was killed, PostgreSQL is away for about so long.
RECOVERS_WITHIN = 5.0
SPOILED_EVERY, SOMEBODY_DIES_EVERY = 1.5, 9.0


@dataclass(slots=True)
class Storm:
    """Workers die at each fail point in turn, and everything around them fails."""

    ground: Ground
    shift: Shift
    seed: int
    done: Counter[str] = field(default_factory=Counter)
    _servers: ExitStack = field(default_factory=ExitStack)

    def rage(self, seconds: float) -> None:
        draw = random.Random(self.seed)  # noqa: S311 - a story, not a secret
        wanted = orders(self.seed)
        plan = sorted(self._plan(seconds, draw), key=lambda each: each[0])
        began = time.monotonic()
        while (passed := time.monotonic() - began) < seconds:
            for dead in self.shift.count_the_dead():
                self.shift.replace(next(wanted) if dead.order else "")
            while plan and passed > plan[0][0]:
                _, name, act = plan.pop(0)
                self.done[name] += 1
                act()
            time.sleep(0.05)
        self.shift.wake_all()
        self.ground.bench.clear_faults()

    def calm(self) -> None:
        """Let go of the servers that were started again; the ground stops the last."""
        self._servers.close()

    def _plan(self, seconds: float, draw: random.Random) -> Iterator[Blow]:
        for at in steps(SPOILED_EVERY, seconds):
            yield at, "the carrier fails", partial(spoil, self.ground.bench, draw)
        for at in steps(SOMEBODY_DIES_EVERY, seconds):
            yield at, "a worker is killed", partial(self.shift.kill_one, draw)
        yield SLEEPS_AT * seconds, "a worker is stopped", self.shift.put_to_sleep
        wakes = SLEEPS_AT * seconds + SLEEP
        yield wakes, "it wakes after its lease", self.shift.wake_all
        for share in POSTGRES_DIES_AT:
            yield share * seconds, "PostgreSQL is killed", self._restart_postgres
        yield BACKEND_DIES_AT * seconds, "one of its processes is", self._kill_backend

    def _restart_postgres(self) -> None:
        self.ground.kill_postgres()
        self._servers.enter_context(self.ground.postgres_again())
        self.shift.postgres_back = time.monotonic()

    def _kill_backend(self) -> None:
        """PostgreSQL then ends all connections, and recovers by itself."""
        with suppress(psycopg.Error), psycopg.connect(self.ground.admin_url) as line:
            os.kill(line.info.backend_pid, signal.SIGKILL)
        self.shift.postgres_back = time.monotonic() + RECOVERS_WITHIN


def steps(every: float, until: float) -> Iterator[float]:
    for turn in range(1, int(until / every)):
        yield turn * every
