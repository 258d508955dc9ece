"""What a town's own me-toos teach: each was a call, and what was known when it came.

Every other ticket is a lesson, too: nobody meant anything that was near it then.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

import msgspec
from sqlalchemy import Select, func, select
from sqlalchemy.dialects.postgresql import insert

import tenants
from tickets.duplicates.models import Joining, LearntLikeness
from tickets.duplicates.rules.evidence import Asked, Known
from tickets.duplicates.rules.learning import Episode, Model, kinds_of, learn
from tickets.duplicates.rules.memory import Memory
from tickets.duplicates.rules.places import plain
from tickets.duplicates.shipped import BELIEVED, SHIPPED
from tickets.models import Ticket
from townline.db import new_id
from townline.tenancy import TenantSession

# Half a year has every season's troubles, but the one that is to come.
REMEMBERED = timedelta(days=182)
# A lesson of these many calls takes a few seconds, and more would say the same.
MOST_CALLS = 4_000
# Below it the shipped weights know more than so few pairs.
FEWEST_PAIRS = 50
# One town is taught anew at most once a week.
RARELY = timedelta(days=7)


COLUMNS = (
    Ticket.id,
    Ticket.category,
    Ticket.department,
    Ticket.latitude,
    Ticket.longitude,
    Ticket.opened_at,
    Ticket.closed_at,
    Ticket.place,
)


@dataclass(frozen=True, slots=True)
class _Call:
    """A ticket that was opened, or a caller who was added to ``meant``."""

    asked: Asked
    at: datetime
    meant: UUID | None = None


def teach(db: TenantSession, *, at: datetime) -> bool:
    """Whether there was something to learn. Twice does no harm."""
    learnt = db.session.scalar(db.rows(LearntLikeness))
    if learnt is not None and at - learnt.learnt_at < RARELY:
        return False
    joinings = _joinings(db, at=at)
    if len(joinings) < FEWEST_PAIRS:
        return False
    known = _known(db, joinings, at=at)
    calls = [*_opened(known), *_joined(db, joinings)]
    episodes = list(_episodes(known, calls))
    model = learn(episodes, BELIEVED, kinds=kinds_of(episodes, SHIPPED.kinds))
    _keep(db, model, calls=len(episodes), pairs=len(joinings), at=at)
    return True


def _episodes(known: Sequence[Known], calls: Sequence[_Call]) -> Iterator[Episode]:
    memory, left = Memory(), list(reversed(known))
    for call in sorted(calls, key=lambda each: each.at):
        while left and left[-1].opened_at < call.at:
            memory.add(left.pop())
        near = tuple(memory.near(call.asked, at=call.at))
        meant = {each.id for each in near} & {call.meant}
        yield Episode(call.asked, call.at, near, frozenset(filter(None, meant)))


def _joinings(db: TenantSession, *, at: datetime) -> Sequence[Joining]:
    """Those that nobody took back, and that say where."""
    confirmed = db.rows(Joining).where(
        Joining.at > at - REMEMBERED,
        Joining.taken_back_at.is_(None),
        Joining.latitude.is_not(None),
    )
    newest = confirmed.order_by(Joining.at.desc()).limit(MOST_CALLS)
    return db.session.scalars(newest).all()


def _known(
    db: TenantSession, joinings: Iterable[Joining], *, at: datetime
) -> list[Known]:
    """The newest tickets, in the order in which they came."""
    added = defaultdict[UUID, list[datetime]](list)
    for each in joinings:
        added[each.ticket_id].append(each.at)
    newest = (
        select(*COLUMNS)
        .where(
            Ticket.tenant_id == db.tenant_id,
            Ticket.opened_at > at - REMEMBERED,
            Ticket.cell.is_not(None),
        )
        .order_by(Ticket.opened_at.desc())
        .limit(MOST_CALLS)
    )
    rows = db.session.execute(newest).all()
    return [
        Known(
            id=row.id,
            category=row.category,
            group=row.department,
            latitude=row.latitude,
            longitude=row.longitude,
            opened_at=row.opened_at,
            closed_at=row.closed_at,
            place=plain(row.place),
            joined=tuple(sorted(added[row.id])),
        )
        for row in reversed(rows)
    ]


def _opened(known: Iterable[Known]) -> Iterator[_Call]:
    for each in known:
        asked = Asked(
            latitude=each.latitude,
            longitude=each.longitude,
            category=each.category,
            group=each.group,
            place=each.place,
        )
        yield _Call(asked, each.opened_at)


def _joined(db: TenantSession, joinings: Iterable[Joining]) -> Iterator[_Call]:
    groups = {e.key: e.department for e in tenants.current(db).town.categories}
    for each in joinings:
        asked = Asked(
            latitude=each.latitude,
            longitude=each.longitude,
            category=each.category,
            group=groups.get(each.category, ""),
            place=plain(each.place),
        )
        yield _Call(asked, each.at, each.ticket_id)


def _keep(
    db: TenantSession, model: Model, *, calls: int, pairs: int, at: datetime
) -> None:
    lesson = {
        "learnt_at": at,
        "calls": calls,
        "pairs": pairs,
        "model": msgspec.to_builtins(model),
    }
    row = {"tenant_id": db.tenant_id, "id": new_id(), **lesson}
    statement = insert(LearntLikeness).values(row)
    db.session.execute(
        statement.on_conflict_do_update(index_elements=["tenant_id"], set_=lesson)
    )


def taught_enough(*, at: datetime) -> Select[UUID]:
    """For the engine: the towns with pairs enough, read across all of them."""
    return (
        select(Joining.tenant_id)
        .where(Joining.at > at - REMEMBERED)
        .group_by(Joining.tenant_id)
        .having(func.count() >= FEWEST_PAIRS)
    )
