"""Receipts of one message, call or letter: in order, unless a fault bends them."""

from __future__ import annotations

import asyncio
from collections.abc import Awaitable, Callable, Coroutine
from typing import Any

from notify.carrier.faults import FaultOrder

Telling = Callable[[], Awaitable[object]]
Pause = Callable[[float], Awaitable[None]]
Spawn = Callable[[Coroutine[Any, Any, None]], asyncio.Task[None]]


class ReceiptLine:
    """Tells receipts one after the other without holding up what they tell about.

    ``reversed`` keeps them back until the last one is known; ``missing`` drops them;
    ``early`` is for the API to honour, by awaiting ``foretold`` before it answers.
    """

    def __init__(self, fault: FaultOrder | None, *, pause: Pause, spawn: Spawn) -> None:
        self._fault = fault
        self._pause = pause
        self._spawn = spawn
        self._kept: list[Telling] = []
        self._tail: asyncio.Task[None] | None = None

    @property
    def forged(self) -> bool:
        return self._kind == "callbacks_forged"

    def add(self, telling: Telling) -> None:
        match self._kind:
            case "callbacks_missing":
                return
            case "callbacks_reversed":
                self._kept.insert(0, telling)
            case "callbacks_doubled":
                self._follow(telling)
                self._follow(telling)
            case _:
                self._follow(telling)

    def close(self) -> None:
        """Say that the last receipt has been added."""
        for telling in self._kept:
            self._follow(telling)
        self._kept.clear()

    async def told(self) -> None:
        """Wait until everything that was added has been told."""
        seen = None
        while self._tail and self._tail is not seen:
            seen = self._tail
            await asyncio.wait({seen})

    async def foretold(self) -> None:
        """Hold the API's answer back until its receipts are out, if so asked."""
        if self._kind == "callbacks_early":
            await self.told()

    @property
    def _kind(self) -> str:
        return self._fault.kind if self._fault else ""

    def _follow(self, telling: Telling) -> None:
        self._tail = self._spawn(self._tell(self._tail, telling))

    async def _tell(self, before: asyncio.Task[None] | None, telling: Telling) -> None:
        if before:
            await asyncio.wait({before})
        if self._fault and self._kind == "callbacks_late":
            await self._pause(self._fault.seconds)
        await telling()
