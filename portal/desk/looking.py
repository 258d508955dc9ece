"""That an agent was shown who a resident is: kept in the town it is about."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from calls import Call
from portal.desk.seat import Seat
from tickets import Reporter
from townline import looks
from townline.looks import Seen
from townline.proof import Actor
from townline.tenancy import TenantSession


def at_call(db: TenantSession, seat: Seat, call: Call) -> None:
    """A withheld number tells of nobody."""
    _keep(db, seat, Seen("call", call.id, 1 if call.caller else 0))


def at_ticket(
    db: TenantSession, seat: Seat, ticket_id: UUID, reporters: Iterable[Reporter]
) -> None:
    named = sum(1 for each in reporters if each.identity != "anonymous")
    _keep(db, seat, Seen("ticket", ticket_id, named))


def at_task(db: TenantSession, seat: Seat, task_id: UUID) -> None:
    _keep(db, seat, Seen("task", task_id))


def at_message(db: TenantSession, seat: Seat, message_id: UUID) -> None:
    """A voice says who it is, as often as not."""
    _keep(db, seat, Seen("message", message_id))


def at_call_back(db: TenantSession, seat: Seat, owed_id: UUID) -> None:
    _keep(db, seat, Seen("call_back", owed_id))


def _keep(db: TenantSession, seat: Seat, seen: Seen) -> None:
    by = Actor("agent", seat.person.name)
    looks.looked(db, seen, door="desk", by=by, at=seat.at)
