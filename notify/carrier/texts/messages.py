"""A text message, and the book of those that the carrier remembers."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import Literal

from notify.carrier import clock
from notify.carrier.identifiers import new_sid
from notify.carrier.oracle import Subject
from notify.carrier.segments import count

Direction = Literal["inbound", "outbound-api", "outbound-reply"]


@dataclass(slots=True, eq=False, kw_only=True)
class Message:
    sender: str
    to: str
    body: str
    direction: Direction
    status: str
    media: tuple[str, ...] = ()
    status_callback: str = ""
    service: str = ""
    sid: str = ""
    error_code: int | None = None
    created: datetime = field(default_factory=clock.now)
    updated: datetime = field(default_factory=clock.now)
    sent: datetime | None = None

    def __post_init__(self) -> None:
        self.sid = self.sid or new_sid("MM" if self.media else "SM")

    @property
    def subject(self) -> Subject:
        return Subject(
            channel="sms",
            sid=self.sid,
            sender=self.sender,
            to=self.to,
            body=self.body,
        )

    @property
    def segments(self) -> int:
        return count(self.body)

    def become(self, status: str, *, at: datetime) -> None:
        self.status = status
        self.updated = at
        if status == "sent":
            self.sent = at


class MessageBook:
    def __init__(self, history: int) -> None:
        self._history = history
        self._messages: dict[str, Message] = {}

    def add(self, message: Message) -> None:
        self._messages[message.sid] = message
        if len(self._messages) > self._history:
            del self._messages[next(iter(self._messages))]

    def get(self, sid: str) -> Message | None:
        return self._messages.get(sid)

    def remove(self, sid: str) -> None:
        self._messages.pop(sid, None)

    def newest_first(self) -> Iterator[Message]:
        return reversed(self._messages.values())

    def clear(self) -> None:
        self._messages.clear()
