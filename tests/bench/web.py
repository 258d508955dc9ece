"""Web processes as ``townline serve`` starts them, on free ports, behind no proxy."""

from __future__ import annotations

import subprocess
import sys
import time
from collections.abc import Generator, Mapping
from contextlib import ExitStack, contextmanager, suppress
from dataclasses import dataclass
from os import environ
from socket import socket
from tempfile import TemporaryFile

from tests.bench.stage import Stage
from tests.environment import ENVIRONMENT

READY_SECONDS = 60.0
NOTHING_SET: Mapping[str, str] = {}
COMMAND = (sys.executable, "-m", "townline.entrypoints", "serve", "--port")


@dataclass(frozen=True, slots=True)
class Served:
    port: int
    pid: int


class NeverStarted(AssertionError):
    """The web process did not start."""


@contextmanager
def serving(
    stage: Stage, *, processes: int = 1, settings: Mapping[str, str] | None = None
) -> Generator[tuple[int, ...]]:
    """The ports of as many processes, all of them answering."""
    with ExitStack() as everything:
        yield tuple(
            everything.enter_context(one(stage, settings or {})).port
            for _ in range(processes)
        )


@contextmanager
def one(stage: Stage, settings: Mapping[str, str] = NOTHING_SET) -> Generator[Served]:
    """A process alone, to be looked at while it answers."""
    port = _free_port()
    env = {
        **environ,
        **ENVIRONMENT,
        "TOWNLINE_APP_URL": stage.app.url,
        "TOWNLINE_ENGINE_URL": stage.engine.url,
        "TOWNLINE_PUBLIC_URL": f"http://127.0.0.1:{port}",
        **settings,
    }
    with TemporaryFile() as log:
        process = subprocess.Popen(  # noqa: S603 - our own command
            [*COMMAND, str(port)], env=env, stdout=log, stderr=log
        )
        try:
            _await_answer(port)
            yield Served(port, process.pid)
        finally:
            process.terminate()
            process.wait()


def _free_port() -> int:
    with socket() as free:
        free.bind(("127.0.0.1", 0))
        port: int = free.getsockname()[1]
        return port


def _await_answer(port: int) -> None:
    until = time.monotonic() + READY_SECONDS
    while time.monotonic() < until:
        with suppress(OSError), socket() as knock:
            knock.connect(("127.0.0.1", port))
            return
        time.sleep(0.1)
    raise NeverStarted
