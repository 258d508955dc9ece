"""The carrier's own account of what happened, against which a product is checked.

It only grows. ``accepted`` and ``received`` tell what the carrier took from the product
and from people, ``refused`` what it did not; ``told`` what the client of the API was
answered, which is not the same when a fault is set; ``status``, ``pressed`` and
``webhook`` what followed, ``broken`` which instructions could not be followed.
"""

from __future__ import annotations

from collections import deque
from datetime import datetime
from itertools import islice
from typing import Literal

from msgspec import Struct, field

from notify.carrier import clock

What = Literal[
    "accepted", "refused", "told", "received", "status", "pressed", "webhook", "broken"
]
Channel = Literal["sms", "voice", "mail"]


class Subject(Struct, frozen=True, kw_only=True):
    """What an entry is about."""

    channel: Channel
    sid: str = ""
    sender: str = ""
    to: str = ""
    body: str = ""


class Entry(Struct, frozen=True, kw_only=True):
    seq: int
    at: datetime
    what: What
    channel: Channel
    sid: str
    sender: str = field(name="from")
    to: str
    body: str
    detail: str


class OracleLog:
    def __init__(self, history: int) -> None:
        self._entries: deque[Entry] = deque(maxlen=history * 10)
        self._seq = 0

    def note(self, what: What, subject: Subject, detail: str = "") -> None:
        self._seq += 1
        self._entries.append(
            Entry(
                seq=self._seq,
                at=clock.now(),
                what=what,
                channel=subject.channel,
                sid=subject.sid,
                sender=subject.sender,
                to=subject.to,
                body=subject.body,
                detail=detail,
            )
        )

    def since(self, seq: int) -> list[Entry]:
        if not self._entries:
            return []
        skipped = max(seq + 1 - self._entries[0].seq, 0)
        return list(islice(self._entries, skipped, None))

    def clear(self) -> None:
        """Forget the entries; the numbering goes on."""
        self._entries.clear()
