"""What the product owes by now: the next instant it must act at, and the acting.

The product's own rounds do it; a look at the earliest due times, each the first entry
of an index, takes the place of polling every second.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import text

import escalation
import notify
import surveys
from notify.channels import Parcel
from notify.channels.recording import RecordingCarrier
from townline.entrypoints.replay.stage import Stage
from townline.tenancy import TenantSession

# A pass of the real pump takes as many at once.
ROOM = 64
NEXT = text("""
select
  (select min(due_at) from timer
   where tenant_id = :town and state = 'due') as ladders,
  least(
    (select min(due_at) from notification
     where tenant_id = :town and state in ('pending', 'held') and lane = 1),
    (select min(due_at) from notification
     where tenant_id = :town and state in ('pending', 'held') and lane = 2),
    (select min(look_at) from notification
     where tenant_id = :town and state in ('sending', 'ambiguous')),
    (select min(ask_at) from attempt
     where tenant_id = :town and ask_at is not null),
    (select min(h.asked_at) from hang_up h
     join attempt a on a.tenant_id = :town and a.id = h.attempt_id
     where h.tenant_id = :town and h.done_at is null and a.sid is not null)
  ) as messages,
  least(
    (select min(due_at) from follow_up
     where tenant_id = :town and done_at is null),
    (select min(due_at) from invitation
     where tenant_id = :town and sent_at is null)
  ) as news
""")


class Stuck(RuntimeError):
    """Something is due and stays due whatever is done: a fault of the product's."""


@dataclass(frozen=True, slots=True)
class Due:
    """When each of the product's rounds has something to do; None while it has not."""

    ladders: datetime | None
    messages: datetime | None
    news: datetime | None

    @property
    def first(self) -> datetime | None:
        known = [at for at in (self.ladders, self.messages, self.news) if at]
        return min(known, default=None)


def next_due(db: TenantSession) -> Due:
    return Due(*db.session.execute(NEXT, {"town": db.tenant_id}).one())


class Wire(RecordingCarrier):
    """The recording carrier, with a number of its own for each parcel."""

    async def deliver(self, parcel: Parcel) -> str:
        await super().deliver(parcel)
        return f"replayed-{parcel.attempt_id}"

    def taken(self) -> list[Parcel]:
        """What was sent since this was last asked."""
        parcels = self.sent.copy()
        self.sent.clear()
        return parcels


def work_off(stage: Stage, wire: Wire, due: Due, *, at: datetime) -> int:
    """One round of each kind that is due at ``at``; how much was done."""
    return sum(_rounds(stage, wire, due, at))


def _rounds(stage: Stage, wire: Wire, due: Due, at: datetime) -> Iterator[int]:
    if due.ladders and due.ladders <= at:
        yield escalation.tick(stage.engine, at=at)
    if due.news and due.news <= at:
        yield surveys.tick(stage.engine, at=at)
    if due.messages and due.messages <= at:
        yield notify.send_due(
            stage.engine, wire.everywhere(), at=at, limit=ROOM, desk=stage.desk
        )
