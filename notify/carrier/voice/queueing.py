"""<Enqueue>, <Leave> and the <Queue> of a <Dial>: callers who wait for somebody."""

from __future__ import annotations

import asyncio
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Any
from urllib.parse import urljoin

from notify.carrier import clock, twiml
from notify.carrier.identifiers import new_sid
from notify.carrier.twiml import Source, Verb
from notify.carrier.voice.calls import Call
from notify.carrier.voice.leaving import HungUp
from notify.carrier.voice.rooms import Room

if TYPE_CHECKING:
    from notify.carrier.voice.script import Script

LONGEST_QUEUE = 1000
# What Twilio obeys in the document of a wait, and in what a key pressed there leads to.
OBEYED = frozenset({"Say", "Play", "Pause", "Gather", "Redirect", "Leave", "Hangup"})


class LeftQueue(Exception):
    """The wait document says to go on."""


@dataclass(slots=True, eq=False)
class Place:
    """One call's place in a queue, and where it is taken to."""

    call: Call
    since: datetime = field(default_factory=clock.now)
    waited: int = 0
    whisper: Source | None = None
    taken: asyncio.Future[Room] = field(
        default_factory=lambda: asyncio.get_running_loop().create_future()
    )

    def take(self, room: Room, whisper: Source | None) -> None:
        self.waited = self.seconds()
        self.whisper = whisper
        self.taken.set_result(room)

    def seconds(self) -> int:
        if self.taken.done():
            return self.waited
        return round((clock.now() - self.since).total_seconds())


@dataclass(slots=True, eq=False)
class Queue:
    sid: str = field(default_factory=lambda: new_sid("QU"))
    places: list[Place] = field(default_factory=list)

    def free(self, place: Place) -> None:
        if place in self.places:
            self.places.remove(place)

    def wait_fields(self, place: Place) -> tuple[tuple[str, str], ...]:
        waits = [other.seconds() for other in self.places]
        return (
            ("QueueSid", self.sid),
            ("QueuePosition", str(self.places.index(place) + 1)),
            ("QueueTime", str(place.seconds())),
            ("AvgQueueTime", str(sum(waits) // len(waits))),
            ("CurrentQueueSize", str(len(self.places))),
            ("MaxQueueSize", str(LONGEST_QUEUE)),
        )


async def leave(_: Script, __: Call, ___: Verb, ____: str) -> None:
    raise LeftQueue


async def enqueue(script: Script, call: Call, verb: Verb, base: str) -> Source | None:
    """Let a call wait until it is taken, leaves, is diverted or hangs up."""
    queue = script.queues.setdefault(verb.text, Queue())
    place = Place(call)
    queue.places.append(place)
    script.plant.changed(call.phone)
    try:
        result = await _wait(script, place, verb, base)
    except (asyncio.CancelledError, HungUp):
        # Being diverted, or the person's hanging up, cancels the wait.
        _tell_gone(script, queue, place, verb=verb, base=base)
        raise
    finally:
        queue.free(place)
        script.plant.changed(call.phone)
    if not verb.get("action"):
        return None
    return twiml.action(verb, base, **_action_fields(queue, place, result))


async def take_from_queue(
    script: Script, call: Call, noun: Verb, *, seconds: float, base: str
) -> bool:
    """Connect a call with whoever waits longest, as soon as somebody does."""
    queue = script.queues.setdefault(noun.text, Queue())
    waits = seconds * script.plant.config.time_scale
    if not await script.plant.bell.until(lambda: bool(queue.places), seconds=waits):
        return False
    place = queue.places.pop(0)
    room = Room(script.plant, closes_when_left=True)
    whisper = noun.get("url")
    place.take(room, Source(url=urljoin(base, whisper)) if whisper else None)
    await room.stay(call)
    return True


async def _wait(script: Script, place: Place, verb: Verb, base: str) -> str:
    holding = asyncio.ensure_future(_hold(script, place, verb, base))
    either: set[asyncio.Future[Any]] = {holding, place.taken}
    try:
        await asyncio.wait(either, return_when=asyncio.FIRST_COMPLETED)
        if not place.taken.done():
            holding.result()
    except LeftQueue:
        return "leave"
    finally:
        holding.cancel()
    if place.whisper:
        await script.perform_from(place.call, place.whisper)
    await place.taken.result().stay(place.call)
    return "bridged"


async def _hold(script: Script, place: Place, verb: Verb, base: str) -> None:
    """Repeat the wait document, each time as long as its music would last."""
    url = verb.get("waitUrl")
    queue = script.queues[verb.text]
    while True:
        if url:
            source = Source(
                url=urljoin(base, url),
                method=verb.get("waitUrlMethod", "POST").upper(),
                fields=queue.wait_fields(place),
            )
            await script.perform_from(place.call, source, only=OBEYED)
        else:
            place.call.note("line", "[music]")
        await script.plant.courier.pause(script.plant.config.hold_seconds)


def _tell_gone(
    script: Script, queue: Queue, place: Place, *, verb: Verb, base: str
) -> None:
    if place.taken.done():
        place.taken.result().close()
    if verb.get("action"):
        result = _reason(place)
        fields = _action_fields(queue, place, result)
        script.reports.tell_farewell(place.call, twiml.action(verb, base, **fields))


def _reason(place: Place) -> str:
    bridged = place.taken.done()
    if place.call.diversion:
        return "redirected-from-bridged" if bridged else "redirected"
    return "bridged" if bridged else "hangup"


def _action_fields(queue: Queue, place: Place, result: str) -> dict[str, str]:
    return {
        "QueueResult": result,
        "QueueTime": str(place.seconds()),
        "QueueSid": queue.sid,
    }
