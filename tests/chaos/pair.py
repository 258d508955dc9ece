"""Two workers that are given more than both can carry, and one is struck down."""

from __future__ import annotations

import signal
import time
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from functools import partial
from itertools import count as numbers
from typing import Any, LiteralString

import psycopg

import notify
from notify import Message, Recipient
from notify.samples import SAMPLES
from tests.chaos import writers
from tests.chaos.ground import Ground
from tests.chaos.processes import tell
from tests.chaos.shift import Shift, Worker
from tests.chaos.writers import InHand
from townline.clock import utc_now
from townline.db import new_id
from townline.tenancy import town

# What one worker has in flight at most: its emergencies' room and the others'.
FULL = 64
EMERGENCIES, OTHERS = 40, 110
# The carrier keeps every answer back for so long: shorter than a send may take.
HOLDS = 2.5
# If no more has been claimed for so long, the blow falls on what is in flight: longer
# than a lane polls that nobody hints to, and the first answers are still kept back.
STEADY = 1.2
# Far longer than any of it takes: how long it takes, is measured elsewhere.
FILLS_WITHIN, BEGINS_WITHIN, RESTS_WITHIN = 60.0, 60.0, 180.0
# Whoever looks whether a worker lives holds its lock for an instant, and is not it.
LIFE = """
select objid::bigint from pg_locks join pg_stat_activity using (pid)
where locktype = 'advisory' and classid = 1886743920 and granted
and application_name = %s and query like 'listen %%'
"""
IN_HAND = """
select holder, count(*) from notification where state = 'sending' group by holder
"""
AREAS = ("217", "309", "312", "618")


@dataclass(slots=True)
class Pair:
    """Two workers, each known by the number that PostgreSQL knows its life by."""

    place: Ground
    shift: Shift
    lives: dict[int, Worker] = field(default_factory=dict)
    _phones: Iterator[int] = field(default_factory=numbers)

    def hire(self) -> None:
        self.shift.replace("")
        newest = self.shift.at_work[-1]

        def has_begun() -> bool:
            self.lives |= dict.fromkeys(self._life(newest), newest)
            return newest in self.lives.values()

        await_that(has_begun, within=BEGINS_WITHIN)

    def kill_the_fullest(self) -> tuple[int, int]:
        """Who, and how much it had in flight; another has taken its place."""
        holder, held = self._catch_the_fullest()
        victim = self.lives.pop(holder)
        tell(victim.process, signal.SIGKILL)
        self.place.bench.clear_faults()
        victim.process.wait()
        self.shift.count_the_dead()
        self.hire()
        return holder, len(held)

    def stop_the_fullest(self) -> tuple[int, InHand]:
        holder, held = self._catch_the_fullest()
        self.shift.asleep.append(self.lives[holder])
        return holder, held

    def await_heirs(self, holder: int) -> None:
        """Until nothing is in the name of the dead or the sleeper any more."""
        await_that(lambda: holder not in self.in_hand(), within=RESTS_WITHIN)

    def in_hand(self) -> dict[int, int]:
        return {holder: number for holder, number in _ask(self.place, IN_HAND)}

    def _catch_the_fullest(self) -> tuple[int, InHand]:
        """Stopped before it is counted, so that nothing leaves its hands meanwhile;
        one that was stopped too late, with nothing in hand, is let go on."""
        admin_url = self.place.admin_url
        while True:
            holder = self._fill()
            caught = self.lives[holder]
            tell(caught.process, signal.SIGSTOP)
            idle = partial(writers.is_idle, admin_url, caught.name)
            await_that(idle, within=BEGINS_WITHIN)
            if held := writers.in_hand(admin_url, holder):
                return holder, held
            tell(caught.process, signal.SIGCONT)

    def _fill(self) -> int:
        """Give them more than both can carry, while no answer comes, and no report;
        who has most of it in hand."""
        self.place.bench.fault("delay_answer", seconds=HOLDS)
        self.place.bench.fault("callbacks_late", seconds=HOLDS)
        self._promise()

        most, grew = 0, time.monotonic()
        while time.monotonic() - grew < FILLS_WITHIN:
            in_hand = self._known_in_hand()
            fullest = max(in_hand, key=lambda holder: in_hand[holder])
            if in_hand[fullest] > most:
                most, grew = in_hand[fullest], time.monotonic()
            if most >= FULL or (most and time.monotonic() - grew > STEADY):
                return fullest
            time.sleep(0.02)
        raise TimeoutError("The workers took nothing in hand; see worker.log.")

    def _known_in_hand(self) -> dict[int, int]:
        found = self.in_hand()
        return {holder: found.get(holder, 0) for holder in self.lives}

    def _promise(self) -> None:
        now = utc_now()
        for tenant_id in self.place.towns.values():
            with town(self.place.app, tenant_id) as db:
                for level, number in ((1, EMERGENCIES // 2), (2, OTHERS // 2)):
                    messages = [self._message(level) for _ in range(number)]
                    notify.promise_all(db, messages, at=now)

    def _message(self, level: int) -> Message:
        turn = next(self._phones)
        phone = f"+1{AREAS[turn // 10_000 % len(AREAS)]}555{turn % 10_000:04d}"
        return Message(
            key=f"handover/{turn}",
            to=Recipient("contact", f"somebody-{turn}", f"Somebody {turn}"),
            channel="sms",
            destination=phone,
            purpose="notice",
            template="relay",
            context=SAMPLES["relay"].context,
            subject_id=new_id(),
            level=level,
            due_at=utc_now(),
        )

    def _life(self, worker: Worker) -> list[int]:
        """The number of it, once it has one."""
        with psycopg.connect(self.place.admin_url) as line:
            return [row[0] for row in line.execute(LIFE, [worker.name])]


def _ask(place: Ground, statement: LiteralString) -> list[tuple[Any, ...]]:
    with psycopg.connect(place.admin_url) as line:
        return line.execute(statement).fetchall()


def await_that(happened: Callable[[], bool], *, within: float) -> None:
    deadline = time.monotonic() + within
    while not happened():
        if time.monotonic() > deadline:
            raise TimeoutError("It did not happen in time; see worker.log.")
        time.sleep(0.02)
