"""A carrier that takes everything at once and notes when: a process of its own.

``POST`` anything is answered like a message that was taken. ``GET /arrivals`` tells
when the requests since the last time of asking came, by the machine's steady counter,
which all of its processes share.
"""

from __future__ import annotations

import asyncio
import re
import subprocess
import sys
import time
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass, field
from http.client import HTTPConnection
from itertools import count

import msgspec

LENGTH = b"content-length:"
HEAD_ENDS = b"\r\n\r\n"
ASKED = b"get /arrivals "
SENDER = re.compile(rb"\bFrom=([^&]*)")


class Arrival(msgspec.Struct, frozen=True, array_like=True):
    """When a request came, and its ``From`` as the form spells it."""

    at: float
    sender: str


@dataclass(slots=True)
class Ledger:
    arrivals: list[Arrival] = field(default_factory=list)
    numbers: count[int] = field(default_factory=count)


class Line(asyncio.Protocol):
    """One connection; a request may come in pieces, and several may come at once."""

    def __init__(self, ledger: Ledger) -> None:
        self._ledger = ledger
        self._heard = b""
        self._transport: asyncio.Transport | None = None

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.Transport)
        self._transport = transport

    def data_received(self, data: bytes) -> None:
        arrived = time.perf_counter()
        self._heard += data
        while (end := self._heard.find(HEAD_ENDS)) >= 0:
            head = self._heard[:end].lower()
            _, _, after = head.partition(LENGTH)
            whole = end + len(HEAD_ENDS) + int(after.split(b"\r\n", 1)[0] or 0)
            if len(self._heard) < whole:
                return
            found = SENDER.search(self._heard, end, whole)
            sender = found[1].decode() if found else ""
            self._heard = self._heard[whole:]
            self._answer(head, Arrival(arrived, sender))

    def _answer(self, head: bytes, arrived: Arrival) -> None:
        ledger = self._ledger
        if head.startswith(ASKED):
            body = msgspec.json.encode(ledger.arrivals)
            ledger.arrivals.clear()
        else:
            ledger.arrivals.append(arrived)
            body = b'{"sid":"SM%032x","status":"queued"}' % next(ledger.numbers)
        assert self._transport is not None
        self._transport.write(
            b"HTTP/1.1 201 Created\r\nContent-Type: application/json\r\n"
            b"Content-Length: %d\r\n\r\n%s" % (len(body), body)
        )


@dataclass(frozen=True, slots=True)
class Receiver:
    port: int

    def arrivals(self) -> list[Arrival]:
        """When each request came since the last time of asking."""
        connection = HTTPConnection("127.0.0.1", self.port)
        connection.request("GET", "/arrivals")
        answer = connection.getresponse().read()
        connection.close()
        return msgspec.json.decode(answer, type=list[Arrival])


@contextmanager
def receiver() -> Generator[Receiver]:
    command = [sys.executable, "-m", "tests.bench.receiver"]
    with subprocess.Popen(command, stdout=subprocess.PIPE) as process:  # noqa: S603 - ourselves
        assert process.stdout is not None
        try:
            yield Receiver(int(process.stdout.readline()))
        finally:
            process.terminate()


async def _receive() -> None:
    ledger = Ledger()
    loop = asyncio.get_running_loop()
    server = await loop.create_server(lambda: Line(ledger), "127.0.0.1", 0)
    sys.stdout.write(f"{server.sockets[0].getsockname()[1]}\n")
    sys.stdout.flush()
    await server.serve_forever()


if __name__ == "__main__":
    asyncio.run(_receive())
