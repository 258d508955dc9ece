"""Letters, and the mailboxes they arrive in."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import datetime

from notify.carrier import clock
from notify.carrier.oracle import Subject


@dataclass(frozen=True, slots=True)
class Attachment:
    name: str
    media_type: str
    content: bytes


@dataclass(slots=True, eq=False, kw_only=True)
class Letter:
    """One letter to one person; several of one request share its id."""

    sid: str
    sender: str
    sender_name: str
    to: str
    subject_line: str
    text: str = ""
    html: str = ""
    reply_to: str = ""
    marks: dict[str, str] = field(default_factory=dict)
    categories: tuple[str, ...] = ()
    headers: dict[str, str] = field(default_factory=dict)
    attachments: tuple[Attachment, ...] = ()
    answers: bool = False
    at: datetime = field(default_factory=clock.now)
    events: list[str] = field(default_factory=list)

    @property
    def subject(self) -> Subject:
        return Subject(
            channel="mail",
            sid=self.sid,
            sender=self.sender,
            to=self.to,
            body=self.subject_line,
        )

    @property
    def message_id(self) -> str:
        """The letter's Message-ID header, which an answer refers to."""
        return self.headers.get("Message-ID", f"<{self.sid}@carrier.local>")


class MailBook:
    def __init__(self, history: int) -> None:
        self._history = history
        self._letters: list[Letter] = []

    def add(self, letter: Letter) -> None:
        self._letters.append(letter)
        del self._letters[: -self._history]

    def of(self, address: str) -> list[Letter]:
        """Return what a person received and wrote, oldest first."""
        wanted = address.lower()
        return [
            letter
            for letter in self._letters
            if wanted == (letter.sender if letter.answers else letter.to).lower()
        ]

    def find(self, address: str, sid: str) -> Letter | None:
        return next((letter for letter in self.of(address) if letter.sid == sid), None)

    def addresses(self) -> Iterator[str]:
        """Name each person's mailbox once, the latest used first."""
        seen: dict[str, None] = {}
        for letter in reversed(self._letters):
            seen[(letter.sender if letter.answers else letter.to).lower()] = None
        return iter(seen)

    def clear(self) -> None:
        self._letters.clear()
