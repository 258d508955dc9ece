"""Calls that went one way or another, as the measures' tests need them."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from calls import Call
from tests.calls.cast import RIVERTON_LINE
from tests.conftest import NIGHT
from townline.proof import Actor
from townline.tenancy import TenantSession

CHICAGO = "America/Chicago"
MAYA = UUID(int=7)
INES = Actor("agent", "Inès Roy")


@dataclass(frozen=True, slots=True)
class Rang:
    """A call in seconds: its wait, its talk if somebody answered, and its wrap-up."""

    wait: float
    talk: float | None = None
    wrap: float = 0
    at: datetime = NIGHT
    disposition: str | None = "ticket_created"
    queued: bool = True
    held: int = 0
    caller: str | None = None
    outbound: bool = False

    def into(self, db: TenantSession, number: int) -> Call:
        queued = self.at + timedelta(seconds=3)
        answered = queued + timedelta(seconds=self.wait) if self.talk else None
        ended = queued + timedelta(seconds=self.wait + (self.talk or 0))
        return db.add(
            Call(
                sid=f"CA{number}",
                line=RIVERTON_LINE,
                caller=self.caller or f"+1312555{number:04}",
                language="en",
                arrived_at=self.at,
                queued_at=queued if self.queued else None,
                claimed_by=MAYA if answered else None,
                claimed_by_name="Maya Okafor" if answered else None,
                connected_at=answered,
                ended_at=ended,
                held_seconds=self.held,
                outbound=self.outbound,
                disposition=self.disposition if answered else None,
                disposed_at=ended + timedelta(seconds=self.wrap) if answered else None,
            )
        )


def ring(db: TenantSession, *rang: Rang) -> list[Call]:
    rung = [each.into(db, number) for number, each in enumerate(rang)]
    db.session.commit()
    return rung
