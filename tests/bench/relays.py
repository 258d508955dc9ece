"""From a saved level-1 ticket to the carrier's socket, through the real pump."""

from __future__ import annotations

import asyncio
import threading
import time
from collections.abc import Generator, Iterator
from contextlib import contextmanager, suppress
from http.client import HTTPConnection
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from queue import Empty, Queue
from statistics import median, quantiles

import msgspec

import notify.pump
import tickets
from notify.carrier import CarrierConfig
from tests.bench.figures import Figure, at_most
from tests.bench.intake import MAYA, main_break
from tests.bench.stage import Stage
from tests.notify.office import settings_for
from townline.clock import utc_now
from townline.tenancy import town

SAVED = 60
# The pump's first round trip opens its connections.
WARMING = 5


def figures(stage: Stage) -> Iterator[Figure]:
    with _receiver() as (arrivals, port), _pump(stage, port):
        took = [_from_commit_to_socket(stage, arrivals) for _ in range(SAVED)]
        trip = median(_round_trip(port, arrivals) for _ in range(SAVED)) * 1000
    took = sorted(took[WARMING:])
    baseline = "a bare POST to the same receiver and its answer"
    for name, value, target in (
        ("p50", median(took), 10.0),
        ("p99", quantiles(took, n=100)[-1], 30.0),
    ):
        yield at_most(
            f"level 1, from commit to the carrier's socket, idle, {name}",
            (value * 1000, trip),
            unit="ms",
            baseline=baseline,
            target=target,
        )


def _from_commit_to_socket(stage: Stage, arrivals: Queue[float]) -> float:
    """Seconds until the first message of a ticket arrives; the rest are let pass."""
    with town(stage.app, stage.town) as db:
        tickets.open(db, main_break(), at=utc_now(), by=MAYA)
    committed = time.perf_counter()
    first = arrivals.get(timeout=10)
    while True:
        try:
            arrivals.get(timeout=0.2)
        except Empty:  # the last message of this ticket is out
            return first - committed


def _round_trip(port: int, arrivals: Queue[float]) -> float:
    began = time.perf_counter()
    connection = HTTPConnection("127.0.0.1", port)
    connection.request("POST", "/", body=b"Body=x")
    connection.getresponse().read()
    connection.close()
    arrivals.get(timeout=10)
    return time.perf_counter() - began


@contextmanager
def _pump(stage: Stage, port: int) -> Generator[None]:
    carrier = CarrierConfig(
        account_sid="AC" + "5" * 32,
        auth_token="bench",
        sendgrid_key="SG.bench",
        base_url=f"http://127.0.0.1:{port}",
    )
    settings = settings_for("http://127.0.0.1:1", carrier, stage.engine.url)
    loop, stopping = asyncio.new_event_loop(), asyncio.Event()
    work = notify.pump.run(stage.engine, settings, clock=utc_now, stopping=stopping)
    thread = threading.Thread(target=loop.run_until_complete, args=[work])
    thread.start()
    try:
        yield
    finally:
        loop.call_soon_threadsafe(stopping.set)
        thread.join()
        loop.close()


@contextmanager
def _receiver() -> Generator[tuple[Queue[float], int]]:
    """Answers like a carrier, and notes when each request reached it."""
    arrivals: Queue[float] = Queue()

    class Receiver(BaseHTTPRequestHandler):
        protocol_version = "HTTP/1.1"

        def do_POST(self) -> None:
            arrivals.put(time.perf_counter())
            self.rfile.read(int(self.headers["Content-Length"]))
            answer = msgspec.json.encode({"sid": f"SM{arrivals.qsize():032x}"})
            self.send_response(201)
            self.send_header("Content-Type", "application/json")
            self.send_header("Content-Length", str(len(answer)))
            self.end_headers()
            with suppress(BrokenPipeError):  # the pump has ended and left
                self.wfile.write(answer)

        def log_message(self, format: str, *words: object) -> None:
            """Say nothing: the figures are the only output."""

    server = ThreadingHTTPServer(("127.0.0.1", 0), Receiver)
    thread = threading.Thread(target=server.serve_forever)
    thread.start()
    try:
        yield arrivals, server.server_address[1]
    finally:
        server.shutdown()
        thread.join()
        server.server_close()
