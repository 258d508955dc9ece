"""From a saved level-1 ticket to the carrier's socket, through the real pump.

The worker and the receiver are processes of their own, as they are in service.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from http.client import HTTPConnection
from itertools import count
from statistics import median, quantiles

from msgspec import structs
from sqlalchemy import delete, update

import tickets
from notify import Notification
from notify.sharing import Throttle
from tests.bench.contestants import running
from tests.bench.figures import Figure, within
from tests.bench.intake import MAYA, main_break
from tests.bench.receiver import Receiver, receiver
from tests.bench.stage import Stage, neighbour
from tests.bench.throughput import promise
from tickets import Caller
from townline.clock import utc_now
from townline.tenancy import town

SAVED = 60
# The pump's first round trip opens its connections.
WARMING = 5
FLOOD = 40_000
RIVERTON = "%2B13125550100"
LEVEL_1 = "level 1, from commit to the carrier's socket"


def figures(stage: Stage) -> Iterator[Figure]:
    with receiver() as ready:
        worker = ("ours", stage.engine.url, str(ready.port), "twilio")
        with running(worker):
            idle = _many(stage, ready)
            trip = median(_round_trip(ready) for _ in range(SAVED)) * 1000
            promise(stage.engine, neighbour(stage), FLOOD, numbers=count())
            flooded = _many(stage, ready)
    _withdraw(stage)
    baseline = "a bare POST to the same receiver and its answer"
    for name, value, target in (
        ("idle, p50", median(idle), 10.0),
        ("idle, p99", quantiles(idle, n=100)[-1], 30.0),
        (f"{FLOOD} common ones of another town, p99", _p99(flooded), 250.0),
    ):
        yield within(
            f"{LEVEL_1}, {name}",
            (value * 1000, trip),
            unit="ms",
            baseline=baseline,
            target=target,
        )


def _withdraw(stage: Stage) -> None:
    """What is left of the flood would be the next part's."""
    with town(stage.engine, neighbour(stage)) as db:
        waiting = Notification.state.in_(("pending", "held"))
        theirs = Notification.tenant_id == db.tenant_id
        db.session.execute(
            update(Notification).where(theirs, waiting).values(state="cancelled")
        )


def _p99(took: list[float]) -> float:
    return quantiles(took, n=100)[-1]


def _many(stage: Stage, ready: Receiver) -> list[float]:
    return [_from_commit_to_socket(stage, ready) for _ in range(SAVED)][WARMING:]


def _from_commit_to_socket(stage: Stage, ready: Receiver) -> float:
    """Seconds until the relay of a ticket arrives: nobody else is told of it.

    The fifth emergency within seconds would wait to be told together with others, so
    that each one here finds its phone as if it were the first.
    """
    with town(stage.engine, stage.town) as db:
        db.session.execute(delete(Throttle))
    ready.arrivals()
    untold = structs.replace(main_break(), caller=Caller(name="Helen Marsh"))
    with town(stage.app, stage.town) as db:
        tickets.open(db, untold, at=utc_now(), by=MAYA)
    committed = time.perf_counter()
    while True:
        time.sleep(0.1)
        if ours := [each.at for each in ready.arrivals() if each.sender == RIVERTON]:
            return min(ours) - committed


def _round_trip(ready: Receiver) -> float:
    began = time.perf_counter()
    connection = HTTPConnection("127.0.0.1", ready.port)
    connection.request("POST", "/", body=b"Body=x")
    connection.getresponse().read()
    connection.close()
    return time.perf_counter() - began
