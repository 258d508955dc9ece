"""Where calls hear one another: a bridge between two, or a conference of many."""

from __future__ import annotations

import asyncio

from notify.carrier.plant import Plant
from notify.carrier.voice.calls import Call


class Room:
    def __init__(self, plant: Plant, *, closes_when_left: bool) -> None:
        self._plant = plant
        self._closes_when_left = closes_when_left
        self.parties: list[Call] = []
        self._closed = asyncio.Event()

    async def stay(self, call: Call) -> None:
        """Keep a call in the room until the room closes or the call is taken away."""
        self._enter(call)
        try:
            await self._closed.wait()
        finally:
            self._leave(call)

    def close(self) -> None:
        self._closed.set()

    def _enter(self, call: Call) -> None:
        self.parties.append(call)
        call.hears = self._carry
        self._plant.changed(call.phone)

    def _leave(self, call: Call) -> None:
        self.parties.remove(call)
        call.hears = None
        if self._closes_when_left:
            self.close()
        self._plant.changed(call.phone)

    def _carry(self, speaker: Call, words: str) -> None:
        for party in self.parties:
            if party is not speaker:
                party.note("line", words)
                self._plant.changed(party.phone)
