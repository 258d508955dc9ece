"""Runs the carrier: as a program of its own, or beside a test."""

from __future__ import annotations

import socket
import threading
from asyncio import Transport
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, replace

import uvicorn
from uvicorn._types import ASGIReceiveCallable, ASGISendCallable
from uvicorn._types import Scope as UvicornScope
from uvicorn.protocols.http.h11_impl import H11Protocol

from notify.carrier.api.bending import BREAK_OFF
from notify.carrier.app import create_app
from notify.carrier.bell import Bell
from notify.carrier.bench import Bench
from notify.carrier.config import CarrierConfig

START_SECONDS = 10.0


class BreakableConnection(H11Protocol):
    """Lets the application break a connection off, as a failing network would."""

    def connection_made(self, transport: Transport) -> None:  # type: ignore[override]
        super().connection_made(transport)
        app = self.app

        async def breakable(
            scope: UvicornScope, receive: ASGIReceiveCallable, send: ASGISendCallable
        ) -> None:
            if scope["type"] == "http":
                scope.setdefault("state", {})[BREAK_OFF] = transport.abort
            await app(scope, receive, send)

        self.app = breakable


class CarrierServer(uvicorn.Server):
    def __init__(self, config: uvicorn.Config, bell: Bell) -> None:
        super().__init__(config)
        self._bell = bell

    async def shutdown(self, sockets: list[socket.socket] | None = None) -> None:
        # Open pages wait for news; that the carrier closes is the last they get.
        self._bell.ring("closing")
        await super().shutdown(sockets)


@dataclass(frozen=True, slots=True)
class CarrierHandle:
    """A carrier that runs, and the bench to use it with."""

    config: CarrierConfig
    base_url: str
    bench: Bench


def serve(config: CarrierConfig, host: str, port: int) -> None:
    """Run the carrier until it is stopped."""
    if not config.base_url:
        config = replace(config, base_url=f"http://{host}:{port}")
    _server(config, host=host, port=port).run()


@contextmanager
def running_carrier(config: CarrierConfig, *, port: int = 0) -> Iterator[CarrierHandle]:
    """Run a carrier in a thread of this program, on a free port unless told which."""
    # asyncio sends small answers without delay only where the protocol is named.
    listening = socket.socket(socket.AF_INET, socket.SOCK_STREAM, socket.IPPROTO_TCP)
    listening.bind(("127.0.0.1", port))
    host, port = listening.getsockname()
    config = replace(config, base_url=f"http://{host}:{port}")
    server = _server(config, host=host, port=port)
    thread = threading.Thread(target=server.run, args=([listening],), daemon=True)
    thread.start()
    try:
        _await_start(server, thread)
        yield CarrierHandle(config, config.base_url, Bench(config.base_url))
    finally:
        server.should_exit = True
        thread.join()
        listening.close()


def _server(config: CarrierConfig, *, host: str, port: int) -> uvicorn.Server:
    app = create_app(config)
    settings = uvicorn.Config(
        app,
        host=host,
        port=port,
        http=BreakableConnection,
        ws="none",
        lifespan="on",
        log_config=None,
        access_log=False,
        timeout_graceful_shutdown=1,
    )
    return CarrierServer(settings, app.state.exchange.plant.bell)


def _await_start(server: uvicorn.Server, thread: threading.Thread) -> None:
    pause = threading.Event()
    for _ in range(int(START_SECONDS / 0.01)):
        if server.started or not thread.is_alive():
            break
        pause.wait(0.01)
    if not server.started:
        raise RuntimeError("The local carrier did not start; see its log.")
