"""One module a carrier: each turns a parcel into the carrier's number for it.

What a carrier's codes mean stays in its module; outside there are only the classes
of ``FailureKind``.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Protocol, runtime_checkable
from uuid import UUID

from msgspec import Struct

from notify.message import Channel
from notify.rules.outcomes import FailureKind
from notify.rules.receipts import Receipt
from notify.rules.routing import Provider


class DeliveryFailed(Exception):
    """The carrier did not take the message, or nobody knows whether it did."""

    def __init__(
        self, kind: FailureKind, code: str = "", *, after: float | None = None
    ) -> None:
        super().__init__(f"{kind} {code}".strip())
        self.kind: FailureKind = kind
        self.code = code
        self.after = after  # seconds, when the carrier said how long to wait


class Parcel(Struct, frozen=True, kw_only=True):
    """Everything a carrier needs for one attempt, and what proves the claim on it."""

    tenant_id: UUID
    prefix: str
    notification_id: UUID
    attempt_id: UUID
    lease: int
    channel: Channel
    provider: Provider
    ours: str
    theirs: str
    body: str
    token: str
    intended_at: datetime
    subject: str = ""
    html: str = ""
    sender_name: str = ""
    sid: str = ""
    answer_to: str = ""  # the mailbox that letters are answered to
    watched: bool = False  # whether it goes a way that may be out of order


@dataclass(frozen=True, slots=True)
class Sighting:
    """A message or call that the carrier lists."""

    sid: str
    receipt: Receipt


class Carrier(Protocol):
    async def deliver(self, parcel: Parcel) -> str:
        """Hand it over and return the carrier's id; raise DeliveryFailed."""
        ...

    async def find(self, parcel: Parcel) -> Sequence[Sighting]:
        """What in the carrier's list may be this parcel, newest first."""
        ...

    async def look(self, parcel: Parcel) -> Sighting | None:
        """What became of the one it gave ``parcel.sid``; None if it cannot say."""
        ...

    async def hang_up(self, parcel: Parcel) -> None:
        """End the call ``parcel.sid``; nothing happens if it is over already."""
        ...


@runtime_checkable
class Register(Protocol):
    """A carrier that also knows what kind of line a number is."""

    async def line_type(self, number: str) -> str:
        """In Twilio's words, ``invalid`` for no number at all; or DeliveryFailed."""
        ...


Carriers = dict[Channel, Carrier]
