"""Who is to be rung by hand: in all towns of a board, and about one ticket."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import and_, select
from sqlalchemy.orm import Session  # noqa: TID251 - a board reads the towns it may

from notify.dials import Dial
from notify.message import DESK_LANE
from notify.models import Attempt, Notification
from notify.rules import dialling
from townline.errors import NotFound
from townline.tenancy import TenantSession


@dataclass(frozen=True, slots=True, kw_only=True)
class ToDial:
    """Somebody to be rung by hand; ``agent`` has it in hand, if anybody has.

    ``context`` is what the promise says of the ticket, in ``language``.
    """

    tenant_id: UUID
    notification_id: UUID
    level: int
    name: str
    number: str
    language: str
    context: Mapping[str, Any]
    due_at: datetime
    tries: int
    agent: str | None
    agent_id: UUID | None
    taken_at: datetime | None

    @property
    def take_by(self) -> datetime:
        return dialling.take_by(self.level, self.due_at)


def to_dial(session: Session, *, at: datetime) -> Sequence[ToDial]:
    """What is due, the overdue first, then the gravest, then the longest due."""
    held = and_(
        Dial.tenant_id == Notification.tenant_id,
        Dial.notification_id == Notification.id,
        Dial.ended_at.is_(None),
        Dial.taken_at > at - dialling.LAPSES,
    )
    statement = (
        select(
            Notification.tenant_id,
            Notification.id.label("notification_id"),
            Notification.level,
            Notification.recipient_name.label("name"),
            Notification.destination.label("number"),
            Notification.language,
            Notification.context,
            Notification.due_at,
            Notification.tries,
            Dial.agent,
            Dial.agent_id,
            Dial.taken_at,
        )
        .outerjoin(Dial, held)
        .where(
            Notification.lane == DESK_LANE,
            Notification.state == "pending",
            Notification.due_at <= at,
        )
    )
    found = [ToDial(**row) for row in session.execute(statement).mappings()]
    return sorted(found, key=lambda each: _order(each, at))


def dial_tasks(db: TenantSession, ticket_id: UUID) -> Sequence[Notification]:
    """Whom agents were asked to ring about a ticket, in the order of asking."""
    statement = db.rows(Notification).where(
        Notification.subject_id == ticket_id, Notification.lane == DESK_LANE
    )
    return db.session.scalars(statement.order_by(Notification.due_at)).all()


def to_be_dialled(db: TenantSession, notification_id: UUID) -> Notification:
    it = db.get(Notification, notification_id)
    if it.lane != DESK_LANE:
        raise NotFound
    return it


def dials_of(db: TenantSession, notification_id: UUID) -> Sequence[Dial]:
    """Every hold that an agent had on it, the first first."""
    statement = db.rows(Dial).where(Dial.notification_id == notification_id)
    return db.session.scalars(statement.order_by(Dial.taken_at, Dial.id)).all()


def script_of(db: TenantSession, dial: Dial) -> str:
    """The exact words; none where the person rang us."""
    return db.get(Attempt, dial.attempt_id).body if dial.attempt_id else ""


def _order(each: ToDial, at: datetime) -> tuple[bool, bool, int, datetime]:
    is_overdue = at >= each.take_by
    return each.agent is not None, not is_overdue, each.level, each.due_at
