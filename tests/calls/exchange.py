"""Riverton's desk on a port of this machine, and the local carrier that rings it."""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime

import uvicorn
from litestar.types import ASGIApp

from notify.carrier import (
    Bench,
    BenchPhone,
    CarrierConfig,
    NumberConfig,
    PhoneConfig,
    running_carrier,
)
from tests.calls.cast import (
    ACCOUNT,
    AGENT,
    HELEN,
    RIVERTON_LINE,
    SAINTE_AURORE_LINE,
    TOKEN,
    VOICE,
    WORKS_LINE,
)
from tests.conftest import NIGHT

START_SECONDS = 10.0


@dataclass(slots=True)
class Hour:
    """What the desk's clock shows: a story moves it on by hand."""

    at: datetime

    def __call__(self) -> datetime:
        return self.at


@dataclass(frozen=True, slots=True)
class Street:
    """Everybody's telephones, where the carrier's API is, and what time it is."""

    bench: Bench
    base_url: str
    public_url: str
    hour: Hour

    @property
    def helen(self) -> BenchPhone:
        return self.bench.phone(HELEN)

    @property
    def agent(self) -> BenchPhone:
        return self.bench.phone(AGENT)


@contextmanager
def ringing(public_url: str) -> Iterator[Street]:
    """A carrier whose lines ring at ``public_url``."""
    lines = tuple(
        NumberConfig(
            number=number,
            label=number,
            voice_url=public_url + VOICE,
            status_url=f"{public_url}{VOICE}/status",
        )
        for number in (RIVERTON_LINE, WORKS_LINE, SAINTE_AURORE_LINE)
    )
    people = (
        PhoneConfig(number=HELEN, name="Helen Marsh", role="resident"),
        PhoneConfig(number=AGENT, name="Maya Okafor", role="agent"),
    )
    config = CarrierConfig(
        account_sid=ACCOUNT,
        auth_token=TOKEN,
        sendgrid_key="SG.key",
        numbers=lines,
        people=people,
        hold_seconds=0.05,
    )
    with running_carrier(config) as carrier:
        yield Street(carrier.bench, carrier.base_url, public_url, Hour(NIGHT))


@contextmanager
def listening() -> Iterator[tuple[socket.socket, str]]:
    """A free port, known before the application that needs to know its address."""
    with socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP) as door:
        door.bind(("127.0.0.1", 0))
        host, port = door.getsockname()
        yield door, f"http://{host}:{port}"


@contextmanager
def serving(app: ASGIApp, door: socket.socket) -> Iterator[None]:
    config = uvicorn.Config(app, log_config=None, access_log=False, ws="none")
    server = uvicorn.Server(config)
    thread = threading.Thread(target=server.run, args=([door],), daemon=True)
    thread.start()
    try:
        _await_start(server)
        yield
    finally:
        server.should_exit = True
        thread.join()


def _await_start(server: uvicorn.Server) -> None:
    pause = threading.Event()
    for _ in range(int(START_SECONDS / 0.01)):
        if server.started:
            return
        pause.wait(0.01)
    raise RuntimeError("The webhooks did not start.")
