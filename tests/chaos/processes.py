"""Processes that leave with whoever started them."""

from __future__ import annotations

import os
import signal
import socket
import subprocess
import sys
from collections.abc import Mapping, Sequence
from contextlib import suppress
from pathlib import Path

from tests.sources import ROOT

Process = subprocess.Popen[bytes]
LEAVES_WITHIN = 15.0


def launch(words: Sequence[str], env: Mapping[str, str], log: Path) -> Process:
    """In a group of its own; its input ends when we do, even if we are killed."""
    with log.open("ab") as said:
        return subprocess.Popen(  # noqa: S603 - our own programs
            [sys.executable, "-X", "faulthandler", "-m", *words],
            env=env,
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=said,
            stderr=said,
            start_new_session=True,
        )


def tell(process: Process, number: signal.Signals) -> None:
    """To its whole group: it was started as the leader of one."""
    if process.poll() is None:
        with suppress(ProcessLookupError):
            os.killpg(process.pid, number)


def let_go(process: Process) -> None:
    """See it end, whatever it takes."""
    tell(process, signal.SIGCONT)
    tell(process, signal.SIGTERM)
    try:
        process.wait(LEAVES_WITHIN)
    except subprocess.TimeoutExpired:
        tell(process, signal.SIGKILL)
        process.wait()
    if process.stdin:
        process.stdin.close()


def free_port() -> int:
    with socket.socket() as door:
        door.bind(("127.0.0.1", 0))
        port: int = door.getsockname()[1]
        return port
