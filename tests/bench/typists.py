"""Agents' browsers at full speed: one connection each, a page after the other.

A bench's client must cost less than what it measures, so this speaks just as much
HTTP as our own web process needs.
"""

from __future__ import annotations

import asyncio
import time
from collections.abc import Awaitable, Callable, Mapping, Sequence
from dataclasses import dataclass, field
from urllib.parse import urlencode

from townline.web.envelope import SESSION_COOKIE

HEAD_ENDS = b"\r\n\r\n"
LENGTH, STATUS = b"content-length: ", slice(9, 12)
COOKIE = b"set-cookie: "


class Refused(AssertionError):
    """A page of the bench was not answered as it should have been."""


@dataclass(slots=True)
class Typist:
    """One agent at one web process; ``seconds`` has how long each answer took."""

    reader: asyncio.StreamReader
    writer: asyncio.StreamWriter
    token: str
    forms: str = ""
    cookie: str = ""
    seconds: list[float] = field(default_factory=list)

    async def get(self, path: str) -> bytes:
        return await self._ask(f"GET {path} HTTP/1.1\r\n", b"")

    async def post(self, path: str, form: Mapping[str, str]) -> bytes:
        body = urlencode(form).encode()
        head = (
            f"POST {path} HTTP/1.1\r\nContent-Length: {len(body)}\r\n"
            "Content-Type: application/x-www-form-urlencoded\r\n"
            f"X-CSRFToken: {self.forms}\r\n"
        )
        return await self._ask(head, body)

    async def sign_in(self) -> None:
        """The first page brings the cookie that forms prove themselves with."""
        await self.get("/login")
        self.seconds.clear()

    async def _ask(self, head: str, body: bytes) -> bytes:
        cookies = f"{SESSION_COOKIE}={self.token}; {self.cookie}"
        rest = f"Host: desk\r\nAccept: text/html\r\nCookie: {cookies}\r\n\r\n"
        began = time.perf_counter()
        self.writer.write(f"{head}{rest}".encode() + body)
        answer = await self.reader.readuntil(HEAD_ENDS)
        length = answer.lower().partition(LENGTH)[2].partition(b"\r\n")[0]
        page = await self.reader.readexactly(int(length or 0))
        self.seconds.append(time.perf_counter() - began)
        if answer[STATUS] not in {b"200", b"303"}:
            raise Refused(answer.decode(), page[:2000].decode(errors="replace"))
        self._remember(answer)
        return page

    def _remember(self, answer: bytes) -> None:
        for line in answer.split(b"\r\n"):
            name, _, value = line[len(COOKIE) :].partition(b"=")
            if line.lower().startswith(COOKIE) and name.startswith(b"townline_csrf"):
                self.forms = value.partition(b";")[0].decode()
                self.cookie = f"{name.decode()}={self.forms}"


Work = Callable[[Typist, int], Awaitable[object]]


async def typing(
    ports: Sequence[int],
    tokens: Sequence[str],
    work: Work,
    *,
    times: int,
    every: float = 0.0,
) -> tuple[list[float], float]:
    """Each agent does ``work`` so many times; all answers' seconds, and the whole's.

    ``every`` is the seconds from one asking to an agent's next, who begin one after
    the other; without it they wait for nothing but the answer. Agents are spread over
    the web processes, as a proxy would.
    """
    agents = [
        await _open(ports[number % len(ports)], token)
        for number, token in enumerate(tokens)
    ]
    try:
        began = time.perf_counter()
        shares = (every * number / len(agents) for number in range(len(agents)))
        await asyncio.gather(
            *(
                _repeat(each, work, times, every=every, share=share)
                for each, share in zip(agents, shares, strict=True)
            )
        )
        took = time.perf_counter() - began
    finally:
        for each in agents:
            each.writer.close()
    return [seconds for each in agents for seconds in each.seconds], took


async def _repeat(
    agent: Typist, work: Work, times: int, *, every: float, share: float
) -> None:
    began = time.perf_counter() + share
    for turn in range(times):
        await asyncio.sleep(max(0.0, began + turn * every - time.perf_counter()))
        await work(agent, turn)


async def _open(port: int, token: str) -> Typist:
    reader, writer = await asyncio.open_connection("127.0.0.1", port, limit=2**22)
    agent = Typist(reader, writer, token)
    await agent.sign_in()
    return agent
