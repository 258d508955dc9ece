"""One leg of a call: a line of the account and one person's telephone."""

from __future__ import annotations

import asyncio
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import datetime
from typing import TYPE_CHECKING, Literal

from notify.carrier import clock
from notify.carrier.identifiers import new_sid
from notify.carrier.oracle import Subject
from notify.carrier.twiml import Source

if TYPE_CHECKING:
    from notify.carrier.receipts import ReceiptLine

Direction = Literal["inbound", "outbound-api", "outbound-dial"]
Speaker = Literal["line", "person", "note"]
Listening = Literal["", "keys", "words"]
OVER = frozenset({"completed", "busy", "no-answer", "failed", "canceled"})
DEFAULT_RING_SECONDS = 60.0


@dataclass(frozen=True, slots=True)
class Utterance:
    """Something heard on the line, or a note of what happened there."""

    speaker: Speaker
    text: str
    at: datetime
    language: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Instructions:
    """What was asked for with the call."""

    source: Source
    fallback: Source | None = None
    status_callback: str = ""
    status_method: str = "POST"
    events: frozenset[str] = frozenset({"completed"})
    ring_seconds: float = DEFAULT_RING_SECONDS
    machine_detection: str = ""
    if_machine: str = ""
    send_digits: str = ""


@dataclass(frozen=True, slots=True)
class Key:
    """A key pressed, words spoken or, when both are empty, a silence."""

    digit: str = ""
    speech: str = ""


@dataclass(slots=True, eq=False, kw_only=True)
class Call:
    sender: str
    to: str
    direction: Direction
    instructions: Instructions
    receipts: ReceiptLine
    parent_sid: str | None = None
    sid: str = field(default_factory=lambda: new_sid("CA"))
    status: str = "queued"
    created: datetime = field(default_factory=clock.now)
    updated: datetime = field(default_factory=clock.now)
    started: datetime | None = None
    ended: datetime | None = None
    answered_by: str = ""
    reported: int = 0
    transcript: list[Utterance] = field(default_factory=list)
    # How the ringing ends: somebody lifts, declines, or nobody does.
    pick_up: asyncio.Future[str] = field(
        default_factory=lambda: asyncio.get_running_loop().create_future()
    )
    left: bool = False
    gone: asyncio.Event = field(default_factory=asyncio.Event)
    # What the line waits for from the person, the keys they press, and the prompt
    # that a key cuts short.
    listening: Listening = ""
    keys: asyncio.Queue[Key] = field(default_factory=asyncio.Queue)
    prompt: asyncio.Task[Source | None] | None = None
    # The instructions being performed, and those that an API request put in place.
    performing: asyncio.Task[None] | None = None
    diversion: Source | None = None
    hears: Callable[[Call, str], None] | None = None

    @property
    def phone(self) -> str:
        """The number at the person's end."""
        return self.sender if self.direction == "inbound" else self.to

    @property
    def line(self) -> str:
        return self.to if self.direction == "inbound" else self.sender

    @property
    def is_ringing(self) -> bool:
        return self.status == "ringing" and self.direction != "inbound"

    @property
    def is_talking(self) -> bool:
        return self.status == "in-progress" or self.is_dialling

    @property
    def is_dialling(self) -> bool:
        return self.status == "ringing" and self.direction == "inbound"

    @property
    def is_over(self) -> bool:
        return self.status in OVER

    @property
    def seconds(self) -> int:
        if self.started is None or self.ended is None:
            return 0
        return round((self.ended - self.started).total_seconds())

    @property
    def subject(self) -> Subject:
        return Subject(channel="voice", sid=self.sid, sender=self.sender, to=self.to)

    def become(self, status: str, *, at: datetime) -> None:
        self.status = status
        self.updated = at
        if status == "in-progress":
            self.started = self.started or at
        if status in OVER:
            self.ended = at

    def note(self, speaker: Speaker, text: str, language: str = "") -> None:
        heard = Utterance(speaker, " ".join(text.split()), clock.now(), language)
        self.transcript.append(heard)


class CallBook:
    def __init__(self, history: int) -> None:
        self._history = history
        self._calls: dict[str, Call] = {}

    def add(self, call: Call) -> None:
        self._calls[call.sid] = call
        if len(self._calls) > self._history:
            del self._calls[next(iter(self._calls))]

    def get(self, sid: str) -> Call | None:
        return self._calls.get(sid)

    def newest_first(self) -> Iterator[Call]:
        return reversed(self._calls.values())

    def clear(self) -> None:
        self._calls.clear()
