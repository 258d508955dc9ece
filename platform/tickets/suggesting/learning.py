"""Reads a town's tickets in the order they were opened, each of them once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import UTC, datetime, timedelta
from uuid import UUID

from sqlalchemy import Row, delete, select, tuple_
from sqlalchemy.dialects.postgresql import insert

import tenants
from tickets.models import Ticket
from tickets.suggesting.models import Lesson, Wording
from tickets.suggesting.rules import Leaning, Learnt, marks_of
from townline import localtime
from townline.sets import among
from townline.tenancy import TenantSession

# A ticket is seen by all this long after its opening: no transaction lasts longer.
SETTLED = timedelta(minutes=2)
# More in one transaction would keep the worker from other towns.
AT_ONCE = 200
THE_TOWNS = UUID(int=0)
BEGINNING = datetime(1970, 1, 1, tzinfo=UTC)

Taught = Row[UUID, datetime, str, str]


def learn(db: TenantSession, *, at: datetime, limit: int = AT_ONCE) -> int:
    """How many tickets were learnt from; of two at once, the second finds none."""
    lesson = _lesson(db)
    if lesson is None:
        return 0
    taught = _next(db, lesson, until=at - SETTLED, limit=limit)
    if not taught:
        return 0
    zone = tenants.current(db).town.time_zone
    marked = [(_marks(each, zone), each.category) for each in taught]
    every = frozenset(mark for marks, _ in marked for mark in marks)
    learnt = Learnt(dict(lesson.tickets), leanings(db, every))
    for marks, category in marked:
        learnt.learn(marks, category)
    _keep(db, learnt)
    lesson.tickets = learnt.tickets
    lesson.opened_at, lesson.ticket_id = taught[-1].opened_at, taught[-1].id
    return len(taught)


def forget(db: TenantSession) -> None:
    """Nothing has been learnt: the next ticks read every ticket again."""
    for model in (Wording, Lesson):
        db.session.execute(delete(model).where(model.tenant_id == db.tenant_id))


def leanings(db: TenantSession, marks: Iterable[int]) -> dict[int, dict[str, Leaning]]:
    rows = db.session.execute(
        select(Wording.id, Wording.leanings).where(
            Wording.tenant_id == db.tenant_id,
            among(Wording.id, [UUID(int=mark) for mark in marks]),
        )
    )
    return {
        id.int: {category: Leaning(*known) for category, known in learnt.items()}
        for id, learnt in rows
    }


def counted(db: TenantSession) -> dict[str, int]:
    """The tickets of each category that were learnt from."""
    tickets = select(Lesson.tickets).where(Lesson.tenant_id == db.tenant_id)
    return db.session.scalar(tickets) or {}


def _lesson(db: TenantSession) -> Lesson | None:
    """The town's row, for this transaction alone; None while another has it."""
    begun = insert(Lesson).values(
        tenant_id=db.tenant_id,
        id=THE_TOWNS,
        opened_at=BEGINNING,
        ticket_id=THE_TOWNS,
        tickets={},
    )
    db.session.execute(begun.on_conflict_do_nothing())
    return db.session.scalar(db.rows(Lesson).with_for_update(skip_locked=True))


def _next(
    db: TenantSession, lesson: Lesson, *, until: datetime, limit: int
) -> Sequence[Taught]:
    last = tuple_(lesson.opened_at, lesson.ticket_id)
    statement = (
        select(Ticket.id, Ticket.opened_at, Ticket.category, Ticket.words)
        .where(
            Ticket.tenant_id == db.tenant_id,
            tuple_(Ticket.opened_at, Ticket.id) > last,
            Ticket.opened_at <= until,
        )
        .order_by(Ticket.opened_at, Ticket.id)
        .limit(limit)
    )
    return db.session.execute(statement).all()


def _marks(ticket: Taught, zone: str) -> frozenset[int]:
    hour = localtime.wall(ticket.opened_at, zone).hour
    return marks_of(ticket.words, hour=hour)


def _keep(db: TenantSession, learnt: Learnt) -> None:
    rows = [
        {
            "tenant_id": db.tenant_id,
            "id": UUID(int=mark),
            "leanings": {
                category: (each.weight, each.squares, each.tickets)
                for category, each in known.items()
            },
        }
        for mark, known in sorted(learnt.leanings.items())
    ]
    if rows:
        statement = insert(Wording)
        changed = statement.on_conflict_do_update(
            index_elements=[Wording.tenant_id, Wording.id],
            set_={"leanings": statement.excluded.leanings},
        )
        db.session.execute(changed, rows)
