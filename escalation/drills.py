"""A relay that is only a test: sent as an emergency's first is, and answered as one.

Whoever brings a town on, or has a new telephone, learns by it that the town's own
line, its carrier and their telephone do what the ladder will count on.
"""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal
from uuid import UUID

from msgspec import Struct
from sqlalchemy import func, select

import notify
from notify import Answer, Message, Notification, Recipient
from townline import proof
from townline.db import new_id
from townline.errors import NotFound, TooMany
from townline.i18n import gettext
from townline.proof import Actor
from townline.tenancy import TenantSession

TEMPLATE = "relay_test"
# In the emergencies' own lane: what is tested is how an emergency goes out.
LEVEL = 1
# Whoever has not answered by then is not sitting beside the telephone.
LASTS = timedelta(minutes=15)
# A telephone is tried a few times, and never rung for sport.
MOST, WITHIN = 3, timedelta(hours=1)

How = Literal["sms", "voice"]
Came = Literal["waiting", "sent", "answered", "failed"]
REACHED = frozenset({"sent", "delivered", "accepted"})
LOST = frozenset({"undelivered", "failed", "suppressed", "cancelled", "expired"})


class TooManyDrills(TooMany):
    """This telephone was tried three times in an hour; wait, or try another."""


class Wanted(Struct, frozen=True, kw_only=True):
    """Whose telephone, as E.164 has it, and how it is to be tried."""

    name: str
    phone: str
    how: How
    language: str = "en"


class Drill(Struct, frozen=True, kw_only=True):
    """How a test stands; ``why`` is the carrier's word for what went wrong."""

    id: UUID
    phone: str
    how: str
    came: Came
    why: str
    begun_at: datetime


def drill(db: TenantSession, wanted: Wanted, *, by: Actor, at: datetime) -> UUID:
    """Send it; raise TooManyDrills if this telephone has been tried enough."""
    if _lately(db, wanted.phone, at=at) >= MOST:
        raise TooManyDrills
    drill_id = new_id()
    epoch = notify.open_fence(db, drill_id)
    message = Message(
        key=f"drill/{drill_id}",
        to=Recipient("town", "drill", wanted.name, wanted.language),
        channel=wanted.how,
        destination=wanted.phone,
        purpose="test",
        template=TEMPLATE,
        subject_id=drill_id,
        level=LEVEL,
        due_at=at,
        group=drill_id,
        epoch=epoch,
        expires_at=at + LASTS,
        code=True,
    )
    notify.promise(db, message, at=at)
    proof.record(
        db,
        "relay.drilled",
        subject=drill_id,
        at=at,
        actor=by,
        name=wanted.name,
        channel=wanted.how,
    )
    return drill_id


def how_it_came(db: TenantSession, drill_id: UUID) -> Drill:
    mine = db.rows(Notification).where(
        Notification.subject_id == drill_id, Notification.purpose == "test"
    )
    found = db.session.scalar(mine)
    if found is None:
        raise NotFound
    return Drill(
        id=drill_id,
        phone=found.destination,
        how=found.channel,
        came=_came(found),
        why=found.why,
        begun_at=found.promised_at,
    )


class DrillListener:
    """What is said back to whoever answers a test."""

    def answered(
        self,
        db: TenantSession,
        notification: Notification,
        answer: Answer,
        *,
        at: datetime,
    ) -> str:
        drill_id = notification.subject_id
        notify.raise_fence(db, drill_id, at=at, close=True, by=answer.name)
        proof.record(
            db,
            "relay.drill_answered",
            subject=drill_id,
            at=at,
            name=answer.name,
            via=answer.via,
        )
        return gettext("Thank you. The town's relays reach you on this telephone.")

    def failed(
        self, db: TenantSession, notification: Notification, why: str, *, at: datetime
    ) -> None:
        drill_id = notification.subject_id
        proof.record(db, "relay.drill_failed", subject=drill_id, at=at, why=why)


def _came(notification: Notification) -> Came:
    if notification.state == "answered":
        return "answered"
    if notification.state in LOST:
        return "failed"
    return "sent" if notification.state in REACHED else "waiting"


def _lately(db: TenantSession, phone: str, *, at: datetime) -> int:
    tried = select(func.count()).where(
        Notification.tenant_id == db.tenant_id,
        Notification.destination == phone,
        Notification.purpose == "test",
        Notification.promised_at > at - WITHIN,
    )
    return db.session.scalar(tried) or 0
