"""A worker is killed, or sleeps, with its hands full: when do others have its work?"""

from __future__ import annotations

import time
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from typing import TypeVar

from tests.chaos import writers
from tests.chaos.checker import Count, count
from tests.chaos.ground import Ground, ground
from tests.chaos.pair import RESTS_WITHIN, Pair, await_that
from tests.chaos.rest import UNSENT, UNSETTLED, WAITING, Scene, come_to_rest, settle
from tests.chaos.shift import Shift
from tests.chaos.takeovers import Takeovers
from tests.chaos.writers import Deeds

# Long enough for whoever wakes to come to whatever it had been at.
AWAKE = 8.0
Known = TypeVar("Known")


@dataclass(slots=True)
class Handovers:
    """``seconds`` and ``by_lease`` are how long each claim stayed with the dead, and
    with the sleeper; ``woken`` is what the sleeper did when it woke."""

    held: list[int] = field(default_factory=list)
    seconds: list[float] = field(default_factory=list)
    slept_with: int = 0
    by_lease: float = 0.0
    woken: Deeds | None = None
    scene: Scene | None = None
    count: Count | None = None

    @property
    def counted(self) -> Count:
        return _known(self.count)

    @property
    def at_rest(self) -> Scene:
        return _known(self.scene)

    @property
    def deeds(self) -> Deeds:
        return _known(self.woken)


def hand_over(*, times: int, sleep: float | None = None) -> Handovers:
    """Kill a worker ``times`` times, then put one to sleep for ``sleep`` seconds."""
    told = Handovers()
    with _at_work() as (place, pair, takeovers):
        for _ in range(times):
            holder, held = pair.kill_the_fullest()
            told.held.append(held)
            pair.await_heirs(holder)
        settle(place.admin_url, within=RESTS_WITHIN, until_none=WAITING)
        told.seconds = list(takeovers.seconds)
        if sleep is not None:
            _sleep(place, pair, told, seconds=sleep)
        place.bench.clear_faults()
        told.scene = come_to_rest(
            place.admin_url,
            place.bench.base_url,
            within=RESTS_WITHIN,
            until_none=UNSENT,
        )
        told.count = count(told.scene, place.bench.base_url, kept=())
    return told


@contextmanager
def _at_work() -> Iterator[tuple[Ground, Pair, Takeovers]]:
    with ExitStack() as stack:
        place = stack.enter_context(ground(history=400_000))
        writers.lay_out(place.admin_url)
        takeovers = Takeovers(place.admin_url)
        takeovers.begin()
        stack.callback(takeovers.end)
        pair = Pair(place, Shift(place))
        stack.callback(pair.shift.end)
        for _ in "12":
            pair.hire()
        yield place, pair, takeovers


def _sleep(place: Ground, pair: Pair, told: Handovers, *, seconds: float) -> None:
    """Past every lease; whoever wakes then finds that all of it is another's."""
    admin_url, carrier_url = place.admin_url, place.bench.base_url
    fell_asleep = time.monotonic()
    holder, held = pair.stop_the_fullest()
    sleeper = pair.lives[holder].name
    writers.watch(admin_url, sleeper)
    told.slept_with = len(held)
    pair.await_heirs(holder)
    told.by_lease = time.monotonic() - fell_asleep
    place.bench.clear_faults()
    settle(admin_url, within=seconds, until_none=UNSETTLED)
    time.sleep(max(0.0, fell_asleep + seconds - time.monotonic()))
    # What it had begun, PostgreSQL has ended for it: it can commit nothing of it.
    await_that(lambda: not writers.has_transactions(admin_url, sleeper), within=AWAKE)
    since = writers.last_said(carrier_url)
    pair.shift.wake_all()
    time.sleep(AWAKE)
    told.woken = writers.deeds(admin_url, carrier_url, sleeper, held, since=since)


def _known(value: Known | None) -> Known:
    if value is None:
        raise LookupError("The handovers have not come so far.")
    return value
