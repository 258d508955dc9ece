"""Claiming what is due: the intent is committed before any carrier hears of it.

A claim is a pipeline over one town's messages as values: due, past the gate, let
through, addressed, with a code, in words, intended. Each step is a function that takes
all of them and returns those that go on, with one statement for all: what a step
leaves out stays due, unless the step itself has said otherwise.
"""

from __future__ import annotations

from datetime import datetime

import tenants
from notify.channels import Parcel
from notify.service import routes
from notify.service.codes import with_codes
from notify.service.due import past_the_gate, take
from notify.service.intents import intend
from notify.service.merges import carry, merged
from notify.service.throttles import let_through
from notify.service.wording import Desk, in_words
from townline.tenancy import TenantSession

__all__ = ["Desk", "claim"]


def claim(
    db: TenantSession, desk: Desk, *, lane: int, limit: int, at: datetime
) -> list[Parcel]:
    """Write the intents for what is due in one lane of one town."""
    due = take(db, lane=lane, limit=limit, at=at)
    if not due:
        return []
    town = tenants.current(db).town
    free = past_the_gate(db, due)
    drafts = routes.address(db, free, town, desk, at=at)
    drafts = let_through(db, drafts, town.sending, desk, lane=lane, at=at)
    worded = in_words(merged(with_codes(db, drafts, at=at)), town, desk)
    parcels = intend(db, worded, desk, town, at=at)
    carry(db, worded, at=at)
    return parcels
