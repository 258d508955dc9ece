"""What is counted of a call: a column of SQL for each field of a tally."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import astuple, dataclass, fields
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    DateTime,
    Exists,
    Float,
    FromClause,
    Integer,
    Interval,
    Select,
    SQLColumnExpression,
    String,
    Uuid,
    Values,
    and_,
    cast,
    column,
    extract,
    func,
    literal,
    or_,
    select,
    true,
    values,
)
from sqlalchemy.orm import Session, aliased  # noqa: TID251 - boards of many towns

from calls.measures.models import Exclusion
from calls.measures.rules import (
    AGAIN_WITHIN,
    NO_CONTACT,
    RESOLVED,
    TRANSFERRED,
    Tally,
)
from calls.models import Call
from calls.returning.models import CallBack, Voicemail
from calls.rules.claims import SHORT_WAIT
from calls.rules.dispositions import Disposition

NAMES = tuple(each.name for each in fields(Tally))
NO_TIME, SECOND = timedelta(), timedelta(seconds=1)


@dataclass(frozen=True, slots=True)
class Window:
    """A stretch of a town's time, and within how many seconds it wants an answer."""

    tenant_id: UUID
    since: datetime
    until: datetime
    threshold: int
    zone: str


def table(windows: Sequence[Window]) -> Values:
    zoned = DateTime(timezone=True)
    shape = values(
        column("tenant_id", Uuid()),
        column("since", zoned),
        column("until", zoned),
        column("threshold", Integer),
        column("zone", String),
        name="asked",
    )
    return shape.data([astuple(each) for each in windows])


def within(asked: FromClause) -> ColumnElement[bool]:
    """Who rang the town; what the desk dialled is nobody's wait."""
    return and_(
        Call.tenant_id == asked.c.tenant_id,
        Call.arrived_at >= asked.c.since,
        Call.arrived_at < asked.c.until,
        ~Call.outbound,
    )


def tallied(
    session: Session, asked: Values, *keys: SQLColumnExpression[Any]
) -> Iterator[tuple[tuple[Any, ...], Tally]]:
    """A key may come again: each window is counted for itself."""
    for row in session.execute(statement_of(asked, *keys)):
        key, numbers = row[: len(keys)], row[len(keys) :]
        yield tuple(key), tally_of(numbers)


def tally_of(numbers: Iterable[Any], of: Sequence[str] = NAMES) -> Tally:
    """From these fields of a tally in their order, as a statement counts them."""
    return Tally(**dict(zip(of, numbers, strict=True)))


def statement_of(
    asked: FromClause, *keys: SQLColumnExpression[Any], of: Sequence[str] = NAMES
) -> Select[Any]:
    """Each window through its own stretch of the index: joined at once, every call of
    every town would be looked at. What is not asked for is not counted."""
    counts = {name: count for name, count in _counts(asked).items() if name in of}
    unexcluded = and_(
        Exclusion.tenant_id == Call.tenant_id, Exclusion.call_id == Call.id
    )
    columns: list[ColumnElement[Any]] = [
        key.label(f"key{number}") for number, key in enumerate(keys)
    ]
    each = (
        select(*columns, *(count.label(name) for name, count in counts.items()))
        .select_from(Call)
        .outerjoin(Exclusion, unexcluded)
        .where(within(asked))
        .group_by(*keys)
        .correlate(asked)
        .lateral("each")
    )
    # As many columns as are asked for, which no type says.
    counted: Any = select(*each.columns)
    whole: Select[Any] = counted.select_from(asked).join(each, true())
    return whole


def added(
    rows: Iterable[tuple[tuple[Any, ...], Tally]],
) -> dict[tuple[Any, ...], Tally]:
    """What several windows have under one key, together."""
    found: dict[tuple[Any, ...], Tally] = {}
    for key, tally in rows:
        found[key] = found.get(key, Tally()) + tally
    return found


def _counts(asked: FromClause) -> dict[str, ColumnElement[Any]]:
    """A column for each field of a tally, in their order."""
    counts = and_(
        Exclusion.id.is_(None), Call.disposition.is_distinct_from("test_call")
    )
    answered = and_(counts, Call.connected_at.is_not(None))
    lost = and_(counts, Call.connected_at.is_(None), Call.ended_at.is_not(None))
    abandoned = and_(lost, Call.queued_at.is_not(None), ~_served_otherwise())
    wait = Call.connected_at - func.coalesce(Call.queued_at, Call.arrived_at)
    patience = Call.ended_at - Call.queued_at
    in_time = asked.c.threshold * literal(SECOND, Interval)
    contact = and_(answered, ~_ended_as(NO_CONTACT))
    held = func.coalesce(Call.held_seconds, 0)
    return {
        "answered": _number(answered),
        "answered_in_time": _number(and_(answered, wait <= in_time)),
        "abandoned": _number(abandoned),
        "abandoned_in_time": _number(and_(abandoned, patience <= in_time)),
        "short": _number(and_(abandoned, patience < literal(SHORT_WAIT, Interval))),
        "in_menu": _number(and_(lost, Call.queued_at.is_(None))),
        "excluded": _number(~counts),
        "waited": _seconds(wait, answered),
        "talked": _sum(_length(Call.ended_at - Call.connected_at) - held, answered),
        "held": _sum(held, answered),
        "wrapped_up": _seconds(
            func.greatest(Call.disposed_at - Call.ended_at, literal(NO_TIME, Interval)),
            answered,
        ),
        "transferred": _number(and_(answered, _ended_as(TRANSFERRED))),
        "contacts": _number(contact),
        "resolved": _number(and_(contact, _ended_as(RESOLVED), ~_rang_again())),
    }


def _ended_as(words: Iterable[Disposition]) -> ColumnElement[bool]:
    """Written out: what is put together once has no list to be filled in later."""
    return or_(*(Call.disposition == word for word in words))


def _number(which: ColumnElement[bool]) -> ColumnElement[int]:
    return func.count().filter(which)


def _seconds(
    length: ColumnElement[Any], which: ColumnElement[bool]
) -> ColumnElement[float]:
    return _sum(_length(length), which)


def _length(length: ColumnElement[Any]) -> ColumnElement[float]:
    return cast(extract("epoch", length), Float)


def _sum(each: ColumnElement[Any], which: ColumnElement[bool]) -> ColumnElement[float]:
    return func.coalesce(func.sum(each).filter(which), 0.0)


def _served_otherwise() -> ColumnElement[bool]:
    """They asked to be rung back, or left a message: nobody gave up."""
    return or_(
        _there_is(
            CallBack.tenant_id == Call.tenant_id,
            CallBack.call_id == Call.id,
            CallBack.wanted_at.is_not(None),
        ),
        _there_is(Voicemail.tenant_id == Call.tenant_id, Voicemail.call_id == Call.id),
    )


def _rang_again() -> Exists:
    again = aliased(Call)
    return _there_is(
        again.tenant_id == Call.tenant_id,
        again.caller == Call.caller,
        again.arrived_at > Call.arrived_at,
        again.arrived_at <= Call.arrived_at + literal(AGAIN_WITHIN, Interval),
    )


def _there_is(*such: ColumnElement[bool]) -> Exists:
    """Looked for by the index, call by call. Without the offset PostgreSQL may rather
    gather every row of every town first, and ask row security about each."""
    return select(literal(1)).where(*such).offset(0).correlate(Call).exists()
