"""<Conference>: a room that anybody with its name can enter."""

from __future__ import annotations

from typing import TYPE_CHECKING
from urllib.parse import urljoin

from notify.carrier.identifiers import new_sid
from notify.carrier.plant import Plant
from notify.carrier.twiml import Source, Verb
from notify.carrier.voice.calls import Call
from notify.carrier.voice.rooms import Room

if TYPE_CHECKING:
    from notify.carrier.voice.script import Script


class Conference(Room):
    def __init__(self, plant: Plant, name: str) -> None:
        super().__init__(plant, closes_when_left=False)
        self.sid = new_sid("CF")
        self.name = name


async def confer(script: Script, call: Call, noun: Verb, base: str) -> None:
    rooms = script.conferences
    room = rooms.setdefault(noun.text, Conference(script.plant, noun.text))
    tell = _Teller(script, call, noun, base)
    tell(room, "conference-start" if not room.parties else "")
    tell(room, "participant-join")
    try:
        await room.stay(call)
    finally:
        tell(room, "participant-leave")
        if noun.says("endConferenceOnExit") or not room.parties:
            room.close()
            tell(room, "conference-end" if rooms.pop(noun.text, None) else "")


class _Teller:
    """Tells the conference's own address what happens there."""

    def __init__(self, script: Script, call: Call, noun: Verb, base: str) -> None:
        self._script = script
        self._call = call
        self._noun = noun
        self._base = base

    def __call__(self, room: Conference, event: str) -> None:
        url = self._noun.get("statusCallback")
        asked = self._noun.get("statusCallbackEvent", "start end").split()
        if not url or event.partition("-")[2] not in asked:
            return
        fields = (
            ("ConferenceSid", room.sid),
            ("FriendlyName", room.name),
            ("StatusCallbackEvent", event),
        )
        source = Source(url=urljoin(self._base, url), fields=fields)
        self._script.reports.tell(self._call, source)
