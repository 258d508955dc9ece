"""Claiming what is due: the intent is committed before any carrier hears of it.

A claim is a pipeline over one town's messages as values: due, past the gate, let
through, addressed, with a code, in words, intended. Each step is a function that takes
all of them and returns those that go on, with one statement for all: what a step
leaves out stays due, unless the step itself has said otherwise.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

import tenants
from notify.channels import Parcel
from notify.service.codes import with_codes
from notify.service.due import Due, past_the_gate, take
from notify.service.intents import intend
from notify.service.wording import Desk, Draft, in_words
from tenants.town import Town
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
    drafts = _addressed(free, town, desk)
    drafts = with_codes(db, drafts, at=at)
    return intend(db, in_words(drafts, town, desk), desk, town, at=at)


def _addressed(due: Sequence[Due], town: Town, desk: Desk) -> list[Draft]:
    """By which of our numbers or addresses each one goes."""
    return [
        Draft(
            due=each,
            ours=desk.mail_sender if each.channel == "email" else town.lines[0].number,
            code=each.code,
        )
        for each in due
    ]
