"""What an agent sees of the line of a call, and can do with it now."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import calls
from calls import Call, talking
from calls.talking import Leg, Recording, Target
from portal.desk.seat import Seat
from townline.tenancy import TenantSession


@dataclass(frozen=True, slots=True, kw_only=True)
class OnTheLine:
    """``me`` is whoever looks; ``refusal`` is why the last thing was not done."""

    call: Call
    legs: Sequence[Leg]
    recordings: Sequence[Recording]
    me: UUID
    at: datetime
    refusal: str = ""

    @property
    def is_mine(self) -> bool:
        return self.call.claimed_by == self.me

    @property
    def is_elsewhere(self) -> bool:
        """Another telephone system carries it."""
        return self.call.provider != talking.TWILIO

    @property
    def is_live(self) -> bool:
        return self.call.connected_at is not None and self.call.ended_at is None

    @property
    def may_act(self) -> bool:
        return self.is_live and self.is_mine and not self.is_elsewhere

    @property
    def others(self) -> Sequence[Leg]:
        """Whoever else is rung or on the line, the agents apart."""
        return [e for e in self.legs if e.kind != "agent" and e.left_at is None]

    @property
    def unreached(self) -> Sequence[Leg]:
        """Who was rung and did not come: the latest of each is news."""
        return [
            each
            for each in self.legs
            if each.kind != "agent" and each.left_at and each.joined_at is None
        ][-1:]

    @property
    def may_leave(self) -> bool:
        """Somebody is there with whom the caller can stay."""
        return any(each.joined_at for each in self.others)

    @property
    def is_back_in_line(self) -> bool:
        """Somebody has talked to them, and has been cut off."""
        waits = self.call.ended_at is None and self.call.connected_at is None
        return waits and any(e.kind == "agent" and e.joined_at for e in self.legs)

    @property
    def may_redial(self) -> bool:
        return self.call.ended_at is not None and self.call.caller is not None

    @property
    def recorded(self) -> Recording | None:
        """What is being recorded at this moment."""
        found = (each for each in self.recordings if each.completed_at is None)
        return next(found, None) if self.is_live else None

    @property
    def kept(self) -> Sequence[Recording]:
        return [each for each in self.recordings if each.completed_at]


def on_the_line(
    db: TenantSession, call_id: UUID, *, seat: Seat, refusal: str = ""
) -> OnTheLine:
    return OnTheLine(
        call=calls.get(db, call_id),
        legs=talking.of_call(db, call_id),
        recordings=talking.recordings_of(db, call_id),
        me=seat.person.account_id,
        at=seat.at,
        refusal=refusal,
    )


def whom_to_ring(db: TenantSession, call_id: UUID) -> Sequence[tuple[str, Target]]:
    """Whom this caller can be put on the line with, by a key that a form sends back."""
    calls.get(db, call_id)
    return talking.targets(db)
