"""What becomes of lines when a report was lost or a process died: asked, and settled.

The exchange's reports are the usual way. This is for those that never came.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import Select, exists, select

from calls.elsewhere.service import forget_told, told_long_ago
from calls.legs import holding, rooms
from calls.legs import service as legs
from calls.legs.models import Leg
from calls.models import TWILIO, Call
from calls.recordings.service import forget_due
from calls.telephony import CallGone, ExchangeDown, Telephony
from townline.db import Database
from townline.logs import logger
from townline.tenancy import town

# A report takes a second; what was asked for longer ago and not confirmed is looked up.
OVERDUE = timedelta(seconds=10)
# The longest ringing, the slowest answer and the report of it, three times over.
NEVER = timedelta(minutes=3)

log = logger("calls")


@dataclass(frozen=True, slots=True)
class Clockwork:
    """One round; whatever it finds it would find again, so that any may be lost."""

    telephony: Telephony

    def __call__(self, database: Database, *, at: datetime) -> int:
        return (
            self._settle_holds(database, at=at)
            + self._give_up_legs(database, at=at)
            + self._fetch_the_lonely(database, at=at)
            + forget_due(database, telephony=self.telephony, at=at)
            + _forget_events(database, at=at)
        )

    def _settle_holds(self, database: Database, *, at: datetime) -> int:
        """Written down and never done, as when a process dies in between."""
        held = select(Call).where(
            Call.held_since < at - OVERDUE,
            Call.ended_at.is_(None),
            Call.provider == TWILIO,
        )
        with database.everybody() as session:
            found = session.scalars(held).all()
        for call in found:
            with town(database, call.tenant_id) as db:
                room = rooms.room_of(db, call)
            try:
                holding.settle(database, call, room, telephony=self.telephony, at=at)
            except (CallGone, ExchangeDown):
                log.info("calls.hold_not_settled", call=str(call.id))
        return len(found)

    def _give_up_legs(self, database: Database, *, at: datetime) -> int:
        """Asked for, and nothing was ever heard of it."""
        silent = select(Leg.tenant_id, Leg.id).where(
            Leg.asked_at < at - NEVER, Leg.joined_at.is_(None), Leg.left_at.is_(None)
        )
        with database.everybody() as session:
            found = session.execute(silent).all()
        for tenant_id, leg_id in found:
            with town(database, tenant_id) as db:
                legs.left(db, leg_id, "failed", at=at)
        return len(found)

    def _fetch_the_lonely(self, database: Database, *, at: datetime) -> int:
        """In a room in which, by all we know, nobody else is."""
        with database.everybody() as session:
            found = session.execute(_alone(at)).all()
        for tenant_id, call_id in found:
            rooms.somebody_went(database, tenant_id, call_id, telephony=self.telephony)
        return len(found)


def _alone(at: datetime) -> Select[UUID, UUID]:
    anybody = exists().where(
        Leg.tenant_id == Call.tenant_id,
        Leg.call_id == Call.id,
        Leg.left_at.is_(None),
    )
    return select(Call.tenant_id, Call.id).where(
        Call.room.is_not(None),
        Call.connected_at < at - OVERDUE,
        Call.ended_at.is_(None),
        ~anybody,
    )


def _forget_events(database: Database, *, at: datetime) -> int:
    with database.everybody() as session:
        found = told_long_ago(session, at=at)
    for tenant_id in found:
        with town(database, tenant_id) as db:
            forget_told(db, at=at)
    return len(found)
