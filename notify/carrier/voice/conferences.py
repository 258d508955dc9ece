"""A conference: a room that anybody with its name can enter, and who is in it."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from notify.carrier import clock
from notify.carrier.identifiers import new_sid
from notify.carrier.plant import Plant
from notify.carrier.voice.calls import Call
from notify.carrier.voice.recordings import Recording
from notify.carrier.voice.rooms import Room

Standing = Literal["init", "in-progress", "completed"]
MUSIC = "[music]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Wish:
    """How somebody enters: what their document, or the client of the API, asked."""

    label: str = ""
    end_on_exit: bool = False
    start_on_enter: bool = True
    muted: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Terms:
    """What the first who enters says for the whole conference."""

    status_callback: str = ""
    events: frozenset[str] = frozenset({"start", "end"})
    records: bool = False
    recording_callback: str = ""
    recording_events: frozenset[str] = frozenset({"completed"})


@dataclass(slots=True, eq=False, kw_only=True)
class Participant:
    call: Call
    label: str
    end_on_exit: bool
    start_on_enter: bool
    muted: bool
    held: bool = False
    entered: datetime = field(default_factory=clock.now)
    updated: datetime = field(default_factory=clock.now)
    # The music or the announcement that they alone hear.
    alone_with: asyncio.Task[None] | None = None
    removed: asyncio.Event = field(default_factory=asyncio.Event)
    reason_left: str = "participant_hung_up"

    @classmethod
    def of(cls, call: Call, wish: Wish) -> Participant:
        return cls(
            call=call,
            label=wish.label,
            end_on_exit=wish.end_on_exit,
            start_on_enter=wish.start_on_enter,
            muted=wish.muted,
        )

    def quiet(self) -> None:
        if self.alone_with:
            self.alone_with.cancel()
            self.alone_with = None


class Conference(Room):
    def __init__(self, plant: Plant, name: str, terms: Terms) -> None:
        super().__init__(plant, closes_when_left=False)
        self.sid = new_sid("CF")
        self.name = name
        self.terms = terms
        self.status: Standing = "init"
        self.created = clock.now()
        self.updated = self.created
        self.told = 0
        self.reason_ended: str | None = None
        self.ended_by: Call | None = None
        self.recording: Recording | None = None
        self._present: dict[str, Participant] = {}

    @property
    def participants(self) -> list[Participant]:
        return list(self._present.values())

    @property
    def is_over(self) -> bool:
        return self.status == "completed"

    def find(self, name: str) -> Participant | None:
        """By the call's sid or by the label, as Twilio's addresses allow either."""
        labelled = (p for p in self._present.values() if p.label == name)
        return self._present.get(name) or next(labelled, None)

    def admit(self, participant: Participant) -> bool:
        """Return whether the conference begins with this."""
        self._present[participant.call.sid] = participant
        begins = self.status == "init" and participant.start_on_enter
        if begins:
            self.status = "in-progress"
        return begins

    async def remain(self, participant: Participant) -> None:
        """Keep them in the room until it closes, they are removed or taken away."""
        self._enter(participant.call)
        removed = asyncio.ensure_future(participant.removed.wait())
        closed = asyncio.ensure_future(self._closed.wait())
        try:
            await asyncio.wait({removed, closed}, return_when=asyncio.FIRST_COMPLETED)
        finally:
            removed.cancel()
            closed.cancel()
            participant.quiet()
            self._leave(participant.call)
            del self._present[participant.call.sid]

    def end(self, reason: str, *, by: Call | None = None) -> bool:
        """Return whether it was still going on."""
        if self.is_over:
            return False
        self.status = "completed"
        self.reason_ended, self.ended_by, self.updated = reason, by, clock.now()
        for participant in self._present.values():
            participant.reason_left = "moderator_ended_conference"
        self.close()
        return True

    def _carry(self, speaker: Call, words: str) -> None:
        """Who is on hold neither hears the others nor is heard by them."""
        speaking = self._present.get(speaker.sid)
        if speaking is None or speaking.held or speaking.muted:
            return
        if self.recording:
            self.recording.overhear(words)
        for party in self._present.values():
            if party is not speaking and not party.held:
                party.call.note("line", words)
                self._plant.changed(party.call.phone)


class ConferenceBook:
    """Those that go on, by their name; and all, by their sid."""

    def __init__(self, plant: Plant) -> None:
        self._plant = plant
        self._by_sid: dict[str, Conference] = {}

    def named(self, name: str) -> Conference | None:
        going_on = (c for c in self._by_sid.values() if not c.is_over)
        return next((c for c in going_on if c.name == name), None)

    def enter(self, name: str, terms: Terms) -> Conference:
        found = self.named(name)
        if found is None:
            found = Conference(self._plant, name, terms)
            self._by_sid[found.sid] = found
            if len(self._by_sid) > self._plant.config.history:
                del self._by_sid[next(iter(self._by_sid))]
        return found

    def get(self, sid: str) -> Conference | None:
        return self._by_sid.get(sid)

    def newest_first(self) -> Iterator[Conference]:
        return reversed(self._by_sid.values())

    def where(self, call: Call) -> Participant | None:
        """Where a call is, if it is in any conference."""
        for conference in self._by_sid.values():
            if found := conference.find(call.sid):
                return found
        return None

    def clear(self) -> None:
        self._by_sid.clear()
