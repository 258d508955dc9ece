"""How the system watches itself: what must never stay as it is, and what was found.

A capability lists its ``Check``s and its ``Reading``s; ``entrypoints.watch`` goes
through them. Each asks the towns one by one, so that its cost follows the number of
towns and of faults, never the number of rows that wait as they should.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any, Protocol
from uuid import UUID

from sqlalchemy import String, text
from sqlalchemy.dialects.postgresql import JSONB, insert
from sqlalchemy.orm import Mapped, Session, mapped_column

from townline import proof
from townline.db import Base
from townline.tenancy import TenantSession

# Past this many in one town the number says no more than "a great many".
MOST = 1000
# What one transaction of repairs may hold up.
BATCH = 100


class Mend(Protocol):
    def __call__(
        self, db: TenantSession, broken: Sequence[UUID], *, at: datetime
    ) -> int:
        """Put right what can be of one town's rows; how many. Harmless if repeated."""
        ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One state of a row that must not last.

    ``broken`` selects the ids of such rows of the town ``t.id`` at the instant ``:at``.
    What is grave and cannot be mended silences the heartbeat.
    """

    name: str
    broken: str
    mend: Mend | None = None
    grave: bool = True


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """One figure of all towns: ``value`` is an aggregate over what ``rows`` selects.

    ``rows`` selects of the town ``t.id`` at the instant ``:at``, as one column
    ``value``; seconds where the name says so.
    """

    name: str
    meaning: str
    rows: str
    value: str = "coalesce(max(value), 0)"
    labels: Mapping[str, str] | None = None


class WatchPass(Base):
    """The last round of one watch, for all processes: no town's, and one row each.

    On a distributed database it stays on the coordinator: it is small and written to
    twice a minute, so it is no reference table.
    """

    __tablename__ = "watch_pass"

    name: Mapped[str] = mapped_column(String(20), primary_key=True)
    begun_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    found: Mapped[dict[str, Any]] = mapped_column(JSONB)


def towns_with(session: Session, check: Check, *, at: datetime) -> dict[UUID, int]:
    """Where something is broken, and how many of it; one probe of an index a town."""
    given = {"at": at, "most": MOST}
    found = session.execute(text(statement_of(check)), given)
    return {tenant_id: number for tenant_id, number in found}


def broken_in(db: TenantSession, check: Check, *, at: datetime) -> Sequence[UUID]:
    """The rows themselves, of one town; the next pass takes those beyond a batch."""
    given = {"town": db.tenant_id, "at": at, "most": BATCH}
    found = db.session.scalars(text(_OF_TOWN.format(rows=check.broken)), given)
    return found.all()


def read(session: Session, reading: Reading, *, at: datetime) -> float:
    told = session.execute(text(statement_of(reading)), {"at": at, "most": MOST})
    return float(told.scalar_one())


def statement_of(what: Check | Reading) -> str:
    """The question that is asked of all towns at once; tests look at its plan."""
    if isinstance(what, Check):
        return _PER_TOWN.format(rows=what.broken)
    return _OVER_TOWNS.format(rows=what.rows, value=what.value)


# The limit keeps the planner from turning the probes into one scan of everything.
_PER_TOWN = """
select t.id, found.number
from tenant t cross join lateral (
  select count(*) as number from (select from ({rows}) as one limit :most) as broken
) as found
where found.number > 0
order by found.number desc
"""
_OF_TOWN = """
select broken.id from tenant t cross join lateral (
  select one.id from ({rows}) as one limit :most
) as broken
where t.id = :town
"""
_OVER_TOWNS = """
select {value} from tenant t cross join lateral (
  select * from ({rows}) as one limit :most
) as each
"""


def begin(session: Session, name: str, *, every: float, at: datetime) -> bool:
    """Whether this round is ours: the first worker to say so has it."""
    fresh = insert(WatchPass).values(name=name, begun_at=at, found={})
    mine = fresh.on_conflict_do_update(
        index_elements=["name"],
        set_={"begun_at": fresh.excluded.begun_at},
        where=text(
            "watch_pass.begun_at <= excluded.begun_at - make_interval(secs => :every)"
        ).bindparams(every=every),
    ).returning(WatchPass.name)
    return session.scalar(mine) is not None


def end(session: Session, name: str, *, found: Mapping[str, Any], at: datetime) -> None:
    fresh = insert(WatchPass).values(
        name=name, begun_at=at, ended_at=at, found=dict(found)
    )
    session.execute(
        fresh.on_conflict_do_update(
            index_elements=["name"],
            set_={"ended_at": fresh.excluded.ended_at, "found": fresh.excluded.found},
        )
    )


def last(session: Session, name: str) -> WatchPass | None:
    return session.get(WatchPass, name, populate_existing=True)


def tell_of_repairs(
    db: TenantSession, what: str, subjects: Sequence[UUID], *, at: datetime
) -> None:
    """One line in the story of each ticket that was put right."""
    for subject in dict.fromkeys(subjects):
        proof.record(db, "relay.repaired", subject=subject, at=at, what=what)
