"""<Dial>: connects a call with a person, a queue or a conference."""

from __future__ import annotations

import asyncio
from collections.abc import Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from notify.carrier import twiml
from notify.carrier.twiml import Source, Verb
from notify.carrier.voice.calls import Call, Instructions
from notify.carrier.voice.conferring import confer
from notify.carrier.voice.leaving import HungUp
from notify.carrier.voice.lines import Extension
from notify.carrier.voice.queueing import take_from_queue
from notify.carrier.voice.rooms import Room

if TYPE_CHECKING:
    from notify.carrier.voice.script import Script

DEFAULT_RING_SECONDS = 30.0


@dataclass(frozen=True, slots=True)
class Dialled:
    """How a <Dial> ended."""

    status: str
    leg: Call | None = None

    def fields(self) -> dict[str, str]:
        fields = {"DialCallStatus": self.status}
        if self.leg:
            fields["DialCallSid"] = self.leg.sid
            fields["DialCallDuration"] = str(self.leg.seconds)
        return fields


async def dial(script: Script, call: Call, verb: Verb, base: str) -> Source | None:
    try:
        dialled = await _connect(script, call, verb, base)
    except asyncio.CancelledError:
        if verb.get("action") and call.diversion is None:
            farewell = twiml.action(verb, base, DialCallStatus="completed")
            script.reports.tell_farewell(call, farewell)
        raise
    if not verb.get("action"):
        return None
    return twiml.action(verb, base, **dialled.fields())


async def _connect(script: Script, call: Call, verb: Verb, base: str) -> Dialled:
    noun = verb.children[0] if verb.children else verb
    match noun.name:
        case "Queue":
            seconds = verb.number("timeout", DEFAULT_RING_SECONDS)
            taken = await take_from_queue(
                script, call, noun, seconds=seconds, base=base
            )
            return Dialled("completed" if taken else "no-answer")
        case "Conference":
            await confer(script, call, noun, base)
            return Dialled("completed")
        case _:
            numbers = [part for part in verb.children if part.name == "Number"]
            return await _Attempt(script, call, verb, base).reach(numbers or [verb])


class _Attempt:
    """Rings one or several numbers at once; the first to accept is connected."""

    def __init__(self, script: Script, call: Call, verb: Verb, base: str) -> None:
        self._script = script
        self._call = call
        self._verb = verb
        self._base = base
        self._room = Room(script.plant, closes_when_left=True)
        self._winner: asyncio.Future[Call] = asyncio.get_running_loop().create_future()

    async def reach(self, numbers: Sequence[Verb]) -> Dialled:
        legs = [self._ring(number) for number in numbers]
        try:
            winner = await self._first(legs)
            for leg in legs:
                if leg is not winner:
                    self._script.lines.hang_up(leg)
            if winner:
                await self._room.stay(self._call)
        finally:
            for leg in legs:
                self._script.lines.hang_up(leg)
        await asyncio.gather(*(leg.gone.wait() for leg in legs))
        if winner:
            return Dialled("completed", winner)
        return Dialled(_worst(legs), legs[0])

    def _ring(self, number: Verb) -> Call:
        url = urljoin(self._base, number.get("statusCallback"))
        asked = number.get("statusCallbackEvent", "completed").split()
        verb = self._verb
        extension = Extension(
            to="".join(number.text.split()),
            sender=verb.get("callerId") or self._call.sender,
            instructions=Instructions(
                source=Source(url=urljoin(self._base, number.get("url"))),
                status_callback=url if number.get("statusCallback") else "",
                events=frozenset(asked),
                ring_seconds=verb.number("timeout", DEFAULT_RING_SECONDS),
                send_digits=number.get("sendDigits"),
            ),
            opening=self._whispered if number.get("url") else self._join,
        )
        return self._script.lines.extend(self._call, extension)

    async def _whispered(self, leg: Call) -> None:
        try:
            await self._script.perform_from(leg, leg.instructions.source)
        except HungUp:
            return
        await self._join(leg)

    async def _join(self, leg: Call) -> None:
        if not self._winner.done():
            self._winner.set_result(leg)
            await self._room.stay(leg)

    async def _first(self, legs: list[Call]) -> Call | None:
        everybody = asyncio.gather(*(leg.gone.wait() for leg in legs))
        either: set[asyncio.Future[Any]] = {self._winner, everybody}
        try:
            await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
        finally:
            everybody.cancel()
        return self._winner.result() if self._winner.done() else None


def _worst(legs: Sequence[Call]) -> str:
    ended = {leg.status for leg in legs}
    for status in ("busy", "failed", "canceled"):
        if status in ended:
            return status
    return "no-answer"
