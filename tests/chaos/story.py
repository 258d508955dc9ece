"""From the first ticket to the count: a short form for the tests, a long one alone."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from pathlib import Path
from shutil import copyfile

from notify.carrier.faults import FaultKind
from tests.chaos.blows import Storm
from tests.chaos.checker import Count, count
from tests.chaos.crews import Crews
from tests.chaos.ground import Ground, ground
from tests.chaos.launcher import FAIL_POINTS
from tests.chaos.rest import UNSETTLED, come_to_rest
from tests.chaos.shift import Shift
from tests.chaos.takeovers import Takeovers
from tests.chaos.traffic import Traffic

# A hung worker's claim is in doubt after 30 seconds; a letter in doubt is reported on
# within two minutes, and then sent again.
RESTS_WITHIN = 240.0
# Four workers share the tickets, four a second: each comes to its end within seconds,
# and on a machine that is busy with something else while there still are tickets.
SKIRMISH, TICKET_EVERY = 120.0, 0.25
SKIRMISH_FAULTS: tuple[FaultKind, ...] = (
    "drop_connection",
    "server_error_accepted",
    "callbacks_doubled",
    "callbacks_reversed",
)


@dataclass(frozen=True, slots=True)
class Report:
    count: Count
    tickets: int
    tickets_unkept: int
    settled: bool
    seconds_to_settle: float
    killed: Counter[str]
    fallen: Counter[str]
    blows: Counter[str]
    answers: Counter[str]
    takeovers: Takeovers

    @property
    def broken(self) -> bool:
        """A worker may be killed; it must not end by itself."""
        faults = any(self.count.faults.values())
        tried = self.tickets and self.killed.total()
        return faults or bool(self.fallen) or not self.settled or not tried


@dataclass(frozen=True, slots=True)
class Cast:
    ground: Ground
    traffic: Traffic
    crews: Crews
    shift: Shift
    takeovers: Takeovers


def storm(
    *, seconds: float, seed: int, every: float, keep_logs: Path | None = None
) -> Report:
    """Everything at once, for as long as it is told to."""
    most = int(seconds / every)
    with cast(seed=seed, every=every, most=most, keep_logs=keep_logs) as on:
        weather = Storm(on.ground, on.shift, seed)
        try:
            on.shift.start(["", "", "after_intent:2:SIGKILL", "after_http:2:SIGKILL"])
            on.traffic.begin()
            weather.rage(seconds)
            return _come_to_rest(on, weather.done)
        finally:
            weather.calm()


def skirmish(*, seed: int) -> Report:
    """A worker dies at each fail point, PostgreSQL once, and one worker remains."""
    most = int(SKIRMISH / TICKET_EVERY)
    with (
        cast(seed=seed, every=TICKET_EVERY, most=most) as on,
        ExitStack() as servers,
    ):
        on.shift.start(["", *(f"{point}:1:SIGKILL" for point in FAIL_POINTS)])
        for kind in SKIRMISH_FAULTS:
            on.ground.bench.fault(kind, count=1)
        on.traffic.begin()
        on.shift.await_deaths(len(FAIL_POINTS), within=SKIRMISH)
        on.ground.kill_postgres()
        servers.enter_context(on.ground.postgres_again())
        return _come_to_rest(on, Counter())


@contextmanager
def cast(
    *, seed: int, every: float, most: int, keep_logs: Path | None = None
) -> Iterator[Cast]:
    with ground() as place:
        traffic = Traffic(place, every=every, most=most, seed=seed)
        crews = Crews(place.bench, seed)
        shift = Shift(place)
        takeovers = Takeovers(place.admin_url)
        takeovers.begin()
        crews.begin()
        try:
            yield Cast(place, traffic, crews, shift, takeovers)
        finally:
            traffic.end()
            shift.end()
            crews.end()
            takeovers.end()
            if keep_logs:
                copyfile(place.folder / "worker.log", keep_logs / "worker.log")
                copyfile(place.folder / "web.log", keep_logs / "web.log")


def _come_to_rest(on: Cast, blows: Counter[str]) -> Report:
    on.traffic.end()
    admin_url, carrier_url = on.ground.admin_url, on.ground.bench.base_url
    scene = come_to_rest(
        admin_url, carrier_url, within=RESTS_WITHIN, until_none=UNSETTLED
    )
    on.shift.count_the_dead()
    on.crews.end()
    kept = [str(key) for key in on.traffic.kept]
    return Report(
        count=count(scene, carrier_url, kept=kept),
        tickets=len(kept),
        tickets_unkept=len(on.traffic.unkept),
        settled=scene.settled,
        seconds_to_settle=scene.seconds,
        killed=on.shift.killed,
        fallen=on.shift.fallen,
        blows=blows,
        answers=on.crews.answers,
        takeovers=on.takeovers,
    )
