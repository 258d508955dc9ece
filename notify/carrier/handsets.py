"""What a person can do with a telephone, and what somebody watching it sees."""

from __future__ import annotations

from collections.abc import Callable
from typing import Literal

from notify.carrier.exchange import Exchange
from notify.carrier.oracle import Subject
from notify.carrier.phones import Phone
from notify.carrier.texts.messages import Message
from notify.carrier.voice.calls import Call, Key
from notify.carrier.voice.ringing import lift

PickUp = Literal["human", "machine", "busy", "no-answer"]
# How long a press or an answer waits for the line to be ready for it.
PATIENCE_SECONDS = 5.0


class NotNow(Exception):
    """The telephone is not in a state for that."""


class Handset:
    def __init__(self, exchange: Exchange, number: str) -> None:
        self._exchange = exchange
        self._plant = exchange.plant
        self.phone: Phone = exchange.plant.phones.at(number)

    def dial(self, line: str) -> Call:
        return self._exchange.switchboard.dial_in(self.phone.number, line)

    async def pick_up(self, outcome: PickUp) -> Call:
        """Answer, let voicemail answer, decline, or let it ring out."""
        call = await self._ready(lambda: self.phone.ringing, "It does not ring.")
        lift(call, outcome)
        await self._until(lambda: not call.is_ringing)
        return call

    async def press(self, digits: str) -> None:
        """Press keys, each as soon as the line listens."""
        for digit in digits:
            call = await self._ready(self._listening, "Nobody listens for keys.")
            subject = Subject(
                channel="voice",
                sid=call.sid,
                sender=self.phone.number,
                to=call.line,
                body=digit,
            )
            self._plant.oracle.note("pressed", subject)
            call.note("person", f"[{digit}]")
            await self._give(call, Key(digit=digit))

    async def speak(self, words: str) -> Call:
        """Say something: to a recording, to a menu, or to the others on the line."""
        call = await self._talking()
        await self._until(lambda: bool(call.hears or call.listening or call.is_over))
        call.note("person", words)
        if call.hears:
            call.hears(call, words)
        elif call.listening:
            await self._give(call, Key(speech=words))
        self._plant.changed(self.phone.number)
        return call

    async def stay_silent(self) -> Call:
        """Let the line's wait for a key run out at once."""
        call = await self._ready(self._listening, "Nobody listens for keys.")
        await self._give(call, Key())
        return call

    async def hang_up(self) -> Call:
        call = await self._talking()
        self._exchange.switchboard.hang_up(call)
        await call.gone.wait()
        return call

    async def text(
        self, line: str, body: str, *, media: tuple[str, ...] = ()
    ) -> Message:
        return await self._exchange.reception.receive(
            self.phone.number, line, body=body, media=media
        )

    async def wait_for(self, what: str, containing: str, *, seconds: float) -> bool:
        """Wait until the telephone rings, hears, is texted, listens or is left."""
        condition = {
            "ringing": lambda: self.phone.ringing is not None,
            "talking": lambda: self.phone.talking is not None,
            "connected": lambda: bool(self.phone.talking and self.phone.talking.hears),
            "heard": lambda: self._heard(containing),
            "texted": lambda: self._texted(containing),
            "listening": lambda: self._listening() is not None,
            "over": lambda: bool(self.phone.last_call and self.phone.last_call.is_over),
        }[what]
        return await self._plant.bell.until(condition, seconds=seconds)

    async def _give(self, call: Call, key: Key) -> None:
        if call.prompt:
            call.prompt.cancel()
        await call.keys.put(key)
        await call.keys.join()
        self._plant.changed(self.phone.number)

    async def _talking(self) -> Call:
        return await self._ready(lambda: self.phone.talking, "Nobody is on the line.")

    async def _ready(self, find: Callable[[], Call | None], otherwise: str) -> Call:
        await self._until(lambda: find() is not None)
        call = find()
        if call is None:
            raise NotNow(otherwise)
        return call

    async def _until(self, condition: Callable[[], bool]) -> bool:
        return await self._plant.bell.until(condition, seconds=PATIENCE_SECONDS)

    def _listening(self) -> Call | None:
        call = self.phone.talking
        return call if call and call.listening else None

    def _heard(self, words: str) -> bool:
        call = self.phone.last_call
        said = call.transcript if call else []
        return any(words in u.text for u in said if u.speaker == "line")

    def _texted(self, words: str) -> bool:
        number = self.phone.number
        return any(words in m.body for m in self.phone.texts if m.to == number)
