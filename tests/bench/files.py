"""A file that is taken whole: how quickly it comes, and what it costs in memory."""

from __future__ import annotations

import re
import time
from dataclasses import dataclass
from http.client import HTTPConnection
from pathlib import Path

from tests.bench.web import Served
from townline.web.envelope import SESSION_COOKIE

CHUNK = 1 << 16
KILOBYTES = 1024
# What the kernel is told to begin to measure a process's most memory anew.
FORGET_THE_MOST = "5"
MOST = re.compile(r"^VmHWM:\s+(\d+) kB", re.MULTILINE)


class NoFile(AssertionError):
    """The bench was given something else than the file that it asked for."""


@dataclass(frozen=True, slots=True)
class Taken:
    """Rows a second, and the most megabytes that the process ever had meanwhile."""

    per_second: float = 0.0
    memory: float = 0.0


def take(served: Served, address: str, token: str) -> Taken:
    process = Path("/proc") / str(served.pid)
    (process / "clear_refs").write_text(FORGET_THE_MOST)
    began = time.perf_counter()
    rows = _rows(served.port, address, token)
    took = time.perf_counter() - began
    most = MOST.search((process / "status").read_text())
    if most is None:
        raise NoFile
    return Taken(rows / took, int(most[1]) / KILOBYTES)


def _rows(port: int, address: str, token: str) -> int:
    connection = HTTPConnection("127.0.0.1", port)
    connection.request("GET", address, headers={"Cookie": f"{SESSION_COOKIE}={token}"})
    answer = connection.getresponse()
    if answer.status != 200:
        raise NoFile(answer.status, answer.read(2000))
    rows = 0
    while part := answer.read(CHUNK):
        rows += part.count(b"\n")
    connection.close()
    return rows - 1
