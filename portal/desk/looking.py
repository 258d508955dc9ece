"""That an agent was shown who a resident is: kept in the town it is about.

What an agent opens is kept each time; rows of lists, which redraw themselves, once for
as long as it is the same look.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime
from uuid import UUID

from calls import Call
from portal.desk.board import Board
from portal.desk.callbacks import CallBackList
from portal.desk.seat import Seat
from tickets import Reporter
from townline import looks
from townline.looks import SAME_LOOK, Seen
from townline.proof import Actor
from townline.tenancy import TenantSession, town

# A resident in a row, and the town they asked something of.
Row = tuple[UUID, Seen]
# Whom this process showed to which account, and when: while it is the same look no
# database is asked. Another process asks once, and finds it kept.
_SHOWN: dict[tuple[UUID, UUID], datetime] = {}
# Two hundred agents with as many rows each; then what is over is forgotten.
MOST_SHOWN = 40_000


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


def at_rows(seat: Seat, rows: Iterable[Row]) -> None:
    """Two statements for each town of which somebody is new to this agent."""
    me, by = seat.person.account_id, Actor("agent", seat.person.name)
    fresh: dict[UUID, list[Seen]] = {}
    for tenant_id, seen in rows:
        shown_at = _SHOWN.get((me, seen.subject_id))
        if shown_at is None or shown_at <= seat.at - SAME_LOOK:
            fresh.setdefault(tenant_id, []).append(seen)
    for tenant_id, several in fresh.items():
        with town(seat.database, tenant_id) as db:
            looks.looked_at_each(db, several, door="desk", by=by, at=seat.at)
    _remember(seat, fresh.values())


def waiting(board: Board) -> Iterator[Row]:
    for each in board.waiting:
        if each.call.caller or each.call.name:
            yield each.call.tenant_id, Seen("call", each.call.id)
    for mine in board.mine:
        if mine.call.caller:
            yield mine.call.tenant_id, Seen("call", mine.call.id)


def owing(board: Board) -> Iterator[Row]:
    for each in board.owing:
        if each.task.phone:
            yield each.task.tenant_id, Seen("task", each.task.task_id)
    for missed in board.first_missed:
        if missed.call.number:
            yield missed.call.tenant_id, Seen("call_back", missed.call.id)


def to_ring(found: CallBackList) -> Iterator[Row]:
    for each in (*found.entries, *found.short):
        if each.call.number or each.call.name:
            yield each.call.tenant_id, Seen("call_back", each.call.id)


def _remember(seat: Seat, shown: Iterable[list[Seen]]) -> None:
    if len(_SHOWN) > MOST_SHOWN:
        over = seat.at - SAME_LOOK
        for key in [key for key, at in tuple(_SHOWN.items()) if at <= over]:
            _SHOWN.pop(key, None)
    for several in shown:
        _SHOWN.update(
            {(seat.person.account_id, e.subject_id): seat.at for e in several}
        )


def _keep(db: TenantSession, seat: Seat, seen: Seen) -> None:
    by = Actor("agent", seat.person.name)
    looks.looked(db, seen, door="desk", by=by, at=seat.at)
