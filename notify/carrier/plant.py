"""The carrier's common plant: what texts, calls and letters all stand on."""

from __future__ import annotations

import asyncio
from collections.abc import Coroutine
from typing import Any

from notify.carrier.bell import Bell
from notify.carrier.config import CarrierConfig, NumberConfig
from notify.carrier.faults import CALLBACK_FAULTS, FaultPanel
from notify.carrier.oracle import OracleLog, Subject
from notify.carrier.phones import PhoneBook
from notify.carrier.receipts import ReceiptLine
from notify.carrier.webhooks import Courier


class Plant:
    def __init__(self, config: CarrierConfig) -> None:
        self.config = config
        self.bell = Bell()
        self.oracle = OracleLog(config.history)
        self.faults = FaultPanel()
        self.phones = PhoneBook(config)
        self.courier = Courier(config, self.oracle)
        self._lines = {line.number: line for line in config.numbers}
        self._tasks: set[asyncio.Task[Any]] = set()

    def line(self, number: str) -> NumberConfig | None:
        """Return the account's own number, if it is one."""
        return self._lines.get(number)

    def receipts(self, subject: Subject) -> ReceiptLine:
        fault = self.faults.take(
            CALLBACK_FAULTS, subject.channel, numbers=(subject.to, subject.sender)
        )
        return ReceiptLine(fault, pause=self.courier.pause, spawn=self.spawn)

    def spawn(self, work: Coroutine[Any, Any, None]) -> asyncio.Task[None]:
        task = asyncio.get_running_loop().create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)
        return task

    async def stop(self) -> None:
        """Drop whatever is still under way."""
        tasks = list(self._tasks)
        for task in tasks:
            task.cancel()
        await asyncio.gather(*tasks, return_exceptions=True)

    def changed(self, number: str) -> None:
        self.bell.ring(f"phone{number}")
