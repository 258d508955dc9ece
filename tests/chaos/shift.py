"""The workers of a shift: started, watched, replaced when one of them is killed."""

from __future__ import annotations

import random
import signal
import time
from collections import Counter
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import partial
from itertools import count

import psycopg

from tests.chaos.ground import Ground
from tests.chaos.launcher import VARIABLE
from tests.chaos.processes import Process, launch, let_go, tell

BEGINS_WITHIN = 60.0
# Each worker lives as long as it holds a lock of this class ("pump" in ASCII).
ALIVE = """
select count(*) from pg_locks
where locktype = 'advisory' and classid = 1886743920 and granted
"""


@dataclass(slots=True)
class Worker:
    process: Process
    order: str  # its fail point, or "" for none
    name: str  # that its connections bear in PostgreSQL
    launched: float = field(default_factory=time.monotonic)

    @property
    def ended(self) -> bool:
        return self.process.poll() is not None


@dataclass(slots=True)
class Shift:
    ground: Ground
    at_work: list[Worker] = field(default_factory=list)
    asleep: list[Worker] = field(default_factory=list)
    killed: Counter[str] = field(default_factory=Counter)
    fallen: Counter[str] = field(default_factory=Counter)  # ended unasked
    barred: int = 0
    postgres_back: float = 0.0  # when it was last started again
    _numbers: Iterator[int] = field(default_factory=partial(count, 1))

    def start(self, orders: Sequence[str]) -> None:
        """One worker an order, and return when all of them are alive."""
        for order in orders:
            self.at_work.append(self._launch(order))
        deadline = time.monotonic() + BEGINS_WITHIN
        while self._alive() < len(self.at_work):
            if time.monotonic() > deadline:
                raise TimeoutError("The workers did not begin; see worker.log.")
            time.sleep(0.1)

    def count_the_dead(self) -> list[Worker]:
        """Who has ended since the last count."""
        dead = [each for each in self.at_work if each.ended]
        for worker in dead:
            self.at_work.remove(worker)
            let_go(worker.process)
            if worker.process.returncode == -signal.SIGKILL:
                self.killed[worker.order.partition(":")[0] or "at any time"] += 1
            elif worker.process.returncode == 1 and self._was_barred(worker):
                self.barred += 1
            else:
                self.fallen[f"exit {worker.process.returncode}"] += 1
        return dead

    def await_deaths(self, number: int, *, within: float) -> None:
        """Of those to be killed; who falls otherwise is started again meanwhile."""
        deadline = time.monotonic() + within
        while self.killed.total() < number and time.monotonic() < deadline:
            for dead in self.count_the_dead():
                if dead.process.returncode != -signal.SIGKILL:
                    self.replace(dead.order)
            time.sleep(0.05)

    def replace(self, order: str) -> None:
        self.at_work.append(self._launch(order))

    def kill_one(self, draw: random.Random) -> None:
        """At whatever it is doing; not a sleeper, of whom more is expected."""
        awake = [each for each in self.at_work if each not in self.asleep]
        if awake:
            tell(draw.choice(awake).process, signal.SIGKILL)

    def put_to_sleep(self) -> None:
        """One without a fail point, in the middle of whatever it does."""
        for worker in self.at_work:
            if not worker.order:
                tell(worker.process, signal.SIGSTOP)
                self.asleep.append(worker)
                return

    def wake_all(self) -> None:
        while self.asleep:
            tell(self.asleep.pop().process, signal.SIGCONT)

    def end(self) -> None:
        for worker in self.at_work:
            tell(worker.process, signal.SIGTERM)
        for worker in self.at_work:
            let_go(worker.process)

    def _was_barred(self, worker: Worker) -> bool:
        """A worker that finds no PostgreSQL at its start says so, and ends.

        Whoever supervises the workers starts it again, as we do.
        """
        return worker.launched < self.postgres_back < worker.launched + BEGINS_WITHIN

    def _launch(self, order: str) -> Worker:
        name = f"worker-{next(self._numbers)}"
        env = self.ground.env | {"PGAPPNAME": name, VARIABLE: order}
        log = self.ground.folder / "worker.log"
        return Worker(launch(["tests.chaos.launcher"], env, log), order, name)

    def _alive(self) -> int:
        with psycopg.connect(self.ground.admin_url) as connection:
            row = connection.execute(ALIVE).fetchone()
        return int(row[0]) if row else 0
