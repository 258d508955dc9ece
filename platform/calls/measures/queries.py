"""Counts of calls, straight from the index: one statement whatever is asked for.

The towns of a board are measured each by its own clock and threshold, so these
travel with the statement as a small table.
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
    cast,
    extract,
    func,
    literal,
    select,
)
from sqlalchemy.orm import (
    InstrumentedAttribute,
    Session,  # noqa: TID251 - boards of many towns
)

from calls.measures.counting import (
    NO_TIME,
    Window,
    added,
    statement_of,
    table,
    tallied,
    tally_of,
    within,
)
from calls.measures.rules import HOUR, Tally
from calls.models import Call
from calls.presence.models import AgentSpell, AgentState
from calls.presence.rules import STAFFED
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
    asked = table(windows)
    rows = added(tallied(session, asked, Call.tenant_id))
    return {tenant_id: tally for (tenant_id,), tally in rows.items()}


def by_hour(session: Session, windows: Sequence[Window]) -> Mapping[datetime, Tally]:
    """Hours that pass, counted from each window's own midnight."""
    asked = table(windows)
    hour = func.date_bin(literal(HOUR, Interval), Call.arrived_at, asked.c.since)
    rows = added(tallied(session, asked, hour))
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
    asked = table(windows)
    shown = func.timezone(asked.c.zone, Call.arrived_at)
    hour = cast(extract("hour", shown), Integer)
    rows = added(tallied(session, asked, hour))
    return {named: tally for (named,), tally in rows.items()}


def by_agent(session: Session, windows: Sequence[Window]) -> Mapping[Worker, Tally]:
    asked = table(windows)
    rows = added(tallied(session, asked, Call.claimed_by, Call.claimed_by_name))
    return {Worker(*key): tally for key, tally in rows.items()}


def dispositions(
    session: Session, windows: Sequence[Window]
) -> Mapping[Disposition, int]:
    """How calls ended, tests and all: this is a count, and no measure."""
    asked = table(windows)
    statement = (
        select(Call.disposition, func.count())
        .join_from(asked, Call, within(asked))
        .where(Call.disposition.is_not(None))
        .group_by(Call.disposition)
        .order_by(func.count().desc(), Call.disposition)
    )
    found = session.execute(statement).all()
    return {word: number for word, number in found if word is not None}


def staffed(
    session: Session, *, since: datetime, until: datetime, at: datetime
) -> Mapping[UUID, timedelta]:
    """How long each agent was at work: ready, on a call, or wrapping one up."""
    until = min(until, at)
    now = literal(at, DateTime(timezone=True))
    past = select(
        AgentSpell.account_id,
        _overlap(AgentSpell.since, AgentSpell.until, since, until).label("worked"),
    ).where(AgentSpell.state.in_(STAFFED), AgentSpell.until > since)
    present = select(
        AgentState.account_id,
        _overlap(AgentState.since, now, since, until).label("worked"),
    ).where(AgentState.state.in_(STAFFED))
    both = past.union_all(present).subquery()
    total = select(both.c.account_id, func.sum(both.c.worked)).group_by(
        both.c.account_id
    )
    return {account_id: worked for account_id, worked in session.execute(total)}


def _overlap(
    start: ColumnElement[datetime] | InstrumentedAttribute[datetime],
    end: ColumnElement[datetime] | InstrumentedAttribute[datetime],
    since: datetime,
    until: datetime,
) -> ColumnElement[timedelta]:
    first, last = (literal(each, DateTime(timezone=True)) for each in (since, until))
    length = func.least(end, last) - func.greatest(start, first)
    return func.greatest(length, literal(NO_TIME, Interval))
