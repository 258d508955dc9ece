"""The calls that were drawn in a month, an agent's sheets, and what they say."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import astuple, dataclass
from datetime import datetime
from uuid import UUID

from msgspec import Struct
from sqlalchemy import (
    ColumnElement,
    DateTime,
    Float,
    Integer,
    String,
    Uuid,
    Values,
    and_,
    cast,
    column,
    func,
    literal,
    select,
    values,
)
from sqlalchemy.orm import Session  # noqa: TID251 - boards of many towns

from calls.measures.models import Exclusion
from calls.models import Call
from calls.reviews.models import Review
from calls.reviews.rules import ASPECTS, LOTS, Standing
from calls.rules.dispositions import Disposition

MOST = 300


@dataclass(frozen=True, slots=True)
class Month:
    """A month of a town's own calendar, and how many of a hundred are drawn."""

    tenant_id: UUID
    since: datetime
    until: datetime
    percent: int
    name: str


class DrawnCall(Struct, frozen=True, kw_only=True):
    tenant_id: UUID
    id: UUID
    agent_id: UUID | None
    agent: str | None
    arrived_at: datetime
    disposition: Disposition | None
    total: int | None
    reviewer: str | None
    answered_at: datetime | None


def drawn(
    session: Session, months: Sequence[Month], *, key: str
) -> Sequence[DrawnCall]:
    """Answered calls of these months that the lot has drawn, the latest first."""
    if not months:
        return ()
    asked = _table(months)
    rows = session.execute(
        select(
            Call.tenant_id,
            Call.id,
            Call.claimed_by.label("agent_id"),
            Call.claimed_by_name.label("agent"),
            Call.arrived_at,
            Call.disposition,
            _total().label("total"),
            Review.reviewer,
            Review.answered_at,
        )
        .select_from(asked)
        .join(Call, _in(asked))
        .outerjoin(Review, _about(Review))
        .outerjoin(Exclusion, _about(Exclusion))
        .where(
            Call.connected_at.is_not(None),
            Call.ended_at.is_not(None),
            Call.claimed_by.is_not(None),
            Exclusion.id.is_(None),
            Call.disposition.is_distinct_from("test_call"),
            _lot(asked, key) * 100 < asked.c.percent * LOTS,
        )
        .order_by(Call.arrived_at.desc())
        .limit(MOST)
    )
    return [DrawnCall(**row) for row in rows.mappings()]


def sheets_of(session: Session, account_id: UUID) -> Sequence[Review]:
    """An agent's own, in the towns they serve."""
    theirs = select(Review).where(Review.agent_id == account_id)
    return session.scalars(theirs.order_by(Review.reviewed_at.desc()).limit(MOST)).all()


def standings(session: Session, *, since: datetime) -> Sequence[Standing]:
    """Each agent's mean over all aspects, with how many sheets it rests on."""
    mean = cast(_total(), Float) / len(ASPECTS)
    rows = session.execute(
        select(
            func.max(Review.agent),
            func.count(),
            func.avg(mean),
            func.stddev_samp(mean),
        )
        .where(Review.reviewed_at >= since)
        .group_by(Review.agent_id)
        .order_by(func.max(Review.agent))
    )
    return [Standing(*row) for row in rows]


def lots(session: Session, months: Sequence[Month], *, key: str) -> Mapping[UUID, int]:
    """The lot of each call, as the database draws it."""
    asked = _table(months)
    statement = select(Call.id, _lot(asked, key)).select_from(asked)
    rows = session.execute(statement.join(Call, _in(asked)))
    return {id: number for id, number in rows}


def _table(months: Sequence[Month]) -> Values:
    shape = values(
        column("tenant_id", Uuid()),
        column("since", DateTime(timezone=True)),
        column("until", DateTime(timezone=True)),
        column("percent", Integer),
        column("name", String),
        name="asked",
    )
    return shape.data([astuple(each) for each in months])


def _in(asked: Values) -> ColumnElement[bool]:
    return and_(
        Call.tenant_id == asked.c.tenant_id,
        Call.arrived_at >= asked.c.since,
        Call.arrived_at < asked.c.until,
    )


def _about(kept: type[Review] | type[Exclusion]) -> ColumnElement[bool]:
    return and_(kept.tenant_id == Call.tenant_id, kept.call_id == Call.id)


def _lot(asked: Values, key: str) -> ColumnElement[int]:
    """As ``rules.lot`` does it, without bringing every call of a month here."""
    said = literal(f"{key}:") + asked.c.name + ":" + cast(Call.id, String)
    digest = func.sha256(func.convert_to(said, "UTF8"))
    return func.get_byte(digest, 0) * 256 + func.get_byte(digest, 1)


def _total() -> ColumnElement[int]:
    return (
        Review.greeting
        + Review.script
        + Review.read_back
        + Review.tone
        + Review.accuracy
    )
