"""The figures that are asked for, of many towns at once.

Each town of a board is measured by its own clock and threshold, so these travel with
the question as a small table.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    DateTime,
    Integer,
    Interval,
    Uuid,
    bindparam,
    func,
    literal,
    select,
)
from sqlalchemy.orm import (
    InstrumentedAttribute,
    Session,  # noqa: TID251 - boards of many towns
)

from calls.measures.counting import NO_TIME, Window, statement_of, tally_of
from calls.measures.rolling.reading import (
    AGENT,
    CLOCK,
    PASSING,
    TOWN,
    endings,
    tallies,
)
from calls.measures.rules import HOUR, Tally, Worked
from calls.models import Call
from calls.presence.models import AgentSpell, AgentState
from calls.presence.rules import BUSY, STAFFED
from calls.rules.dispositions import Disposition
from townline.prepared import Prepared
from townline.tenancy import TenantSession

_ZONED = DateTime(timezone=True)
_ONE = select(
    bindparam("town", type_=Uuid()).label("tenant_id"),
    bindparam("since", type_=_ZONED).label("since"),
    bindparam("until", type_=_ZONED).label("until"),
    bindparam("threshold", type_=Integer()).label("threshold"),
).subquery("asked")
# What a service level and its waits are made of. Who rang again costs a look at every
# call of a week, and is for reports.
OF_A_LEVEL = (
    "answered",
    "answered_in_time",
    "abandoned",
    "abandoned_in_time",
    "short",
    "waited",
)
HOURS = Prepared(
    statement_of(
        _ONE,
        func.date_bin(literal(HOUR, Interval), Call.arrived_at, _ONE.c.since),
        of=OF_A_LEVEL,
    )
)


@dataclass(frozen=True, slots=True)
class Worker:
    """Who took the calls; None for those nobody took."""

    account_id: UUID | None
    name: str | None


def by_town(session: Session, windows: Sequence[Window]) -> Mapping[UUID, Tally]:
    rows = tallies(session, windows, TOWN)
    return {tenant_id: tally for (tenant_id,), tally in rows.items()}


def by_hour(session: Session, windows: Sequence[Window]) -> Mapping[datetime, Tally]:
    """Hours that pass, counted from each window's own midnight."""
    rows = tallies(session, windows, PASSING)
    return {at: tally for (at,), tally in rows.items()}


def hours_of(
    db: TenantSession, *, since: datetime, until: datetime, threshold: int
) -> Mapping[datetime, Tally]:
    """As ``by_hour``, of one town: put together once, for its people's first page.

    Only ``OF_A_LEVEL`` is counted.
    """
    asked = {"since": since, "until": until, "threshold": threshold}
    return {at: tally_of(numbers, OF_A_LEVEL) for at, *numbers in HOURS(db, **asked)}


def by_clock(session: Session, windows: Sequence[Window]) -> Mapping[int, Tally]:
    """Hours as the town's clocks name them, whatever the day: 0 to 23."""
    rows = tallies(session, windows, CLOCK)
    return {named: tally for (named,), tally in rows.items()}


def by_agent(session: Session, windows: Sequence[Window]) -> Mapping[Worker, Tally]:
    rows = tallies(session, windows, AGENT)
    return {Worker(*key): tally for key, tally in rows.items()}


def dispositions(
    session: Session, windows: Sequence[Window]
) -> Mapping[Disposition, int]:
    """How calls ended, tests and all: this is a count, and no measure."""
    return endings(session, windows)


def worked(
    session: Session, *, since: datetime, until: datetime, at: datetime
) -> Mapping[UUID, Worked]:
    """How long each agent was at work, and how much of it on calls, in any town."""
    until = min(until, at)
    now = literal(at, DateTime(timezone=True))
    past = select(
        AgentSpell.account_id,
        AgentSpell.state,
        _overlap(AgentSpell.since, AgentSpell.until, since, until).label("length"),
    ).where(
        AgentSpell.state.in_(STAFFED),
        AgentSpell.until > since,
        AgentSpell.since < until,
    )
    present = select(
        AgentState.account_id,
        AgentState.state,
        _overlap(AgentState.since, now, since, until).label("length"),
    ).where(AgentState.state.in_(STAFFED))
    both = past.union_all(present).subquery()
    length = func.sum(both.c.length)
    busy = func.coalesce(length.filter(both.c.state.in_(BUSY)), NO_TIME)
    total = select(both.c.account_id, length, busy).group_by(both.c.account_id)
    return {id: Worked(*lengths) for id, *lengths in session.execute(total)}


def _overlap(
    start: ColumnElement[datetime] | InstrumentedAttribute[datetime],
    end: ColumnElement[datetime] | InstrumentedAttribute[datetime],
    since: datetime,
    until: datetime,
) -> ColumnElement[timedelta]:
    first, last = (literal(each, DateTime(timezone=True)) for each in (since, until))
    length = func.least(end, last) - func.greatest(start, first)
    return func.greatest(length, literal(NO_TIME, Interval))
