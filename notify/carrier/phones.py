"""People's telephones. A number that nobody listed gets one when it is first used."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

from notify.carrier.config import CarrierConfig, LineType, PhoneConfig
from notify.carrier.texts.messages import Message
from notify.carrier.voice.calls import Call

# What one person's thread and list of calls show.
REMEMBERED = 200


@dataclass(slots=True, eq=False)
class Phone:
    number: str
    name: str
    role: str = ""
    auto_answer: bool = False
    line_type: LineType = "mobile"
    texts: deque[Message] = field(default_factory=lambda: deque(maxlen=REMEMBERED))
    calls: deque[Call] = field(default_factory=lambda: deque(maxlen=REMEMBERED))

    @property
    def ringing(self) -> Call | None:
        return next((call for call in self.calls if call.is_ringing), None)

    @property
    def talking(self) -> Call | None:
        return next((call for call in self.calls if call.is_talking), None)

    @property
    def last_call(self) -> Call | None:
        return self.calls[-1] if self.calls else None


class PhoneBook:
    def __init__(self, config: CarrierConfig) -> None:
        self._people = config.people
        self._history = config.history
        self._listed: dict[str, Phone] = {}
        self._strangers: dict[str, Phone] = {}
        self.clear()

    def clear(self) -> None:
        self._listed = {person.number: _phone(person) for person in self._people}
        self._strangers.clear()

    def at(self, number: str) -> Phone:
        phone = self._listed.get(number) or self._strangers.get(number)
        return phone or self._meet(number)

    def shown(self) -> list[Phone]:
        """Return the phones worth a place on a page: the listed, the latest others."""
        return [*self._listed.values(), *[*self._strangers.values()][-REMEMBERED:]]

    def _meet(self, number: str) -> Phone:
        phone = Phone(number, name="", role="not listed")
        self._strangers[number] = phone
        if len(self._strangers) > self._history:
            del self._strangers[next(iter(self._strangers))]
        return phone


def _phone(person: PhoneConfig) -> Phone:
    return Phone(
        person.number,
        person.name,
        role=person.role,
        auto_answer=person.auto_answer,
        line_type=person.line_type,
    )
