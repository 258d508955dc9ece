"""A caller and an agent who hear one another, in a story's hands."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import datetime

import calls
from calls import Call
from calls.legs import parties
from calls.legs.hands import Hand
from calls.legs.models import Leg, Purpose
from calls.legs.service import Target
from notify.carrier import BenchPhone
from tests.calls.exchange import Street
from tests.calls.following import until
from townline import proof
from townline.auth import Person
from townline.db import Database
from townline.tenancy import town

NINE_ONE_ONE = Target(kind="emergency", name="911", number="+13125550911")
WATER = Target(kind="contact", name="Dan Ortiz, foreman", number="+13125550177")


@dataclass(frozen=True, slots=True)
class OnTheLine:
    """Helen Marsh and Maya, who hear one another."""

    street: Street
    database: Database
    hand: Hand
    call: Call

    def at(self, at: datetime, *, by: Person | None = None) -> Hand:
        return replace(self.hand, by=by or self.hand.by, at=at)

    def now(self) -> Call:
        with town(self.database, self.hand.tenant_id) as db:
            return calls.get(db, self.call.id)

    def told(self) -> list[proof.LogEntry]:
        with town(self.database, self.hand.tenant_id) as db:
            return list(proof.timeline(db, self.call.id))

    def leg(self, leg: Leg, is_so: Callable[[Leg], bool]) -> Leg:
        """Once it is as a story wants it: reports come a moment later."""

        def looks(_: Call) -> bool:
            with town(self.database, self.hand.tenant_id) as db:
                found.append(db.get(Leg, leg.id))
            return is_so(found[-1])

        found: list[Leg] = []
        until(self.database, self.hand.tenant_id, looks)
        return found[-1]

    def bring(self, target: Target, phone: BenchPhone, purpose: Purpose) -> Leg:
        """Somebody has been rung, and has lifted."""
        leg = parties.add(self.hand, self.call.id, target, purpose)
        phone.wait_until_ringing()
        phone.answer()
        phone.wait_until_connected()
        return self.leg(leg, lambda each: each.joined_at is not None)
