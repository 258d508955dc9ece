"""Who calls, who answers, and what is taken down, in the tests of tickets."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime
from typing import Any
from uuid import uuid4

from msgspec.structs import replace

from tickets import Caller, Intake, Step, Ticket
from townline.proof import Actor
from townline.tenancy import TenantSession

MAYA = Actor("agent", "Maya Okafor")
ANA = Actor("crew", "Ana Ruiz")

HELEN = Caller(
    name="Helen Marsh",
    phone="(312) 555-0142",
    email="helen@example.org",
    tell_by="sms",
)


def hydrant(**changes: Any) -> Intake:  # noqa: ANN401 - any field of an intake
    """A hydrant that leaks at Elm and 4th: level 3, and a note is its proof."""
    leaking = Intake(
        client_key=uuid4(),
        category="fire-hydrant",
        channel="phone",
        caller=HELEN,
        place="Elm St and 4th Ave",
        words="It drips on the sidewalk.",
        answers={"state": "leaking"},
    )
    return replace(leaking, **changes)


def main_break(**changes: Any) -> Intake:  # noqa: ANN401 - any field of an intake
    """A main break: level 1, and a photo is its proof."""
    answers = {"flow": "stream", "cars": "yes"}
    return hydrant(category="water-main-break", answers=answers, **changes)


@dataclass(slots=True)
class Onlooker:
    """A watcher that remembers what it was told."""

    seen: list[str] = field(default_factory=list)

    def opened(self, db: TenantSession, ticket: Ticket, *, at: datetime) -> None:
        self.seen.append("opened")

    def moved(
        self, db: TenantSession, ticket: Ticket, kind: Step, *, at: datetime
    ) -> None:
        self.seen.append(kind)

    def closed(self, db: TenantSession, ticket: Ticket, *, at: datetime) -> None:
        self.seen.append("closed")

    def reopened(self, db: TenantSession, ticket: Ticket, *, at: datetime) -> None:
        self.seen.append("reopened")

    def merged(
        self, db: TenantSession, ticket: Ticket, into: Ticket, *, at: datetime
    ) -> None:
        self.seen.append("merged")
