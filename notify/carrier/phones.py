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
        self._phones: dict[str, Phone] = {}
        self.clear()

    def clear(self) -> None:
        self._phones = {person.number: _phone(person) for person in self._people}

    def at(self, number: str) -> Phone:
        if number not in self._phones:
            self._phones[number] = Phone(number, name="", role="not listed")
        return self._phones[number]

    def all(self) -> list[Phone]:
        return list(self._phones.values())


def _phone(person: PhoneConfig) -> Phone:
    return Phone(
        person.number,
        person.name,
        role=person.role,
        auto_answer=person.auto_answer,
        line_type=person.line_type,
    )
