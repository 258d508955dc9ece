"""Rings when something changed, so that whoever waits for it can look again."""

from __future__ import annotations

import asyncio
from collections.abc import Callable


class Bell:
    def __init__(self) -> None:
        self.version = 0
        self._rung: dict[str, int] = {}
        self._next = asyncio.Event()

    def ring(self, topic: str) -> None:
        self.version += 1
        self._rung[topic] = self.version
        rung, self._next = self._next, asyncio.Event()
        rung.set()

    def since(self, version: int) -> list[str]:
        """Name the topics that have rung after ``version``."""
        return [topic for topic, rung in self._rung.items() if rung > version]

    async def until(self, condition: Callable[[], bool], *, seconds: float) -> bool:
        """Wait for a condition; return whether it came true in time."""
        try:
            async with asyncio.timeout(seconds):
                while not condition():
                    await self._next.wait()
        except TimeoutError:
            return condition()
        return True
