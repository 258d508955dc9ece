"""What is kept and what must be counted, together, as if every call had been looked at.

The two are read one after the other: an hour that is counted call by call is never
added from what was kept of it, even if it is being kept just then.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ARRAY,
    ColumnElement,
    DateTime,
    FromClause,
    Integer,
    Interval,
    Select,
    SQLColumnExpression,
    String,
    Uuid,
    cast,
    column,
    extract,
    func,
    literal,
    select,
    true,
)
from sqlalchemy.orm import Session  # noqa: TID251 - boards of many towns
from sqlalchemy.types import TypeEngine

from calls.late import LateFact
from calls.measures.counting import (
    NAMES,
    Window,
    added,
    table,
    tallied,
    tally_of,
    within,
)
from calls.measures.rolling import rules
from calls.measures.rolling.models import RolledSpan
from calls.measures.rolling.rules import Kept, Parts
from calls.measures.rules import HOUR, Tally
from calls.models import Call
from calls.rules.dispositions import Disposition

Key = tuple[Any, ...]
Tallies = Mapping[Key, Tally]
# A shorter window is counted before one could ask what is kept of it.
WORTH_KEEPING = timedelta(hours=6)


@dataclass(frozen=True, slots=True)
class Per:
    """What figures are asked for by: its name, the columns that ``rolled_tallies``
    says it in, and the same of a call."""

    name: str
    kept: tuple[str, ...]
    counted: Callable[[FromClause], tuple[SQLColumnExpression[Any], ...]]


def tallies(session: Session, windows: Sequence[Window], per: Per) -> Tallies:
    """What several windows have under one key, together."""
    found = _parts(session, windows)
    rows: list[tuple[Key, Tally]] = []
    if found.kept:
        rows += kept_of(session, found.kept, per)
    if found.counted:
        asked = table(found.counted)
        rows += tallied(session, asked, *per.counted(asked))
    return added(rows)


def endings(session: Session, windows: Sequence[Window]) -> Mapping[Disposition, int]:
    """The most frequent first."""
    found = _parts(session, windows)
    total = Counter[Disposition]()
    if found.kept:
        for word, calls in _kept_endings(session, found.kept):
            total[word] += calls
    if found.counted:
        rows = session.execute(endings_of(table(found.counted)))
        for word, calls in map(list, rows):
            total[word] += calls
    return dict(sorted(total.items(), key=lambda each: (-each[1], each[0])))


def endings_of(asked: FromClause, *keys: ColumnElement[Any]) -> Select[Any]:
    """How calls ended, one by one, each window through its own stretch of the index."""
    named = [each.label(f"key{number}") for number, each in enumerate(keys)]
    each = (
        select(*named, Call.disposition, func.count().label("calls"))
        .select_from(Call)
        .where(within(asked), Call.disposition.is_not(None))
        .group_by(*keys, Call.disposition)
        .correlate(asked)
        .lateral("each")
    )
    # As many columns as there are keys, which no type says.
    counted: Any = select(*each.columns)
    whole: Select[Any] = counted.select_from(asked).join(each, true())
    return whole


def passing_hour(asked: FromClause) -> ColumnElement[datetime]:
    """Hours that pass, counted from the beginning of each window."""
    return func.date_bin(literal(HOUR, Interval), Call.arrived_at, asked.c.since)


def _shown_hour(asked: FromClause) -> ColumnElement[int]:
    shown = func.timezone(asked.c.zone, Call.arrived_at)
    return cast(extract("hour", shown), Integer)


TOWN = Per("town", ("tenant_id",), lambda asked: (Call.tenant_id,))
PASSING = Per("hour", ("passed",), lambda asked: (passing_hour(asked),))
CLOCK = Per("clock", ("shown",), lambda asked: (_shown_hour(asked),))
AGENT = Per(
    "agent",
    ("agent_id", "agent"),
    lambda asked: (Call.claimed_by, Call.claimed_by_name),
)


def _parts(session: Session, windows: Sequence[Window]) -> Parts:
    """What is kept is asked for first: an hour that is late by then is counted."""
    if all(each.until - each.since <= WORTH_KEEPING for each in windows):
        return Parts((), tuple(windows))
    kept = _spans(session, {each.tenant_id for each in windows})
    parts = [rules.parts(each, kept.get(each.tenant_id)) for each in windows]
    return Parts(
        tuple(each for part in parts for each in part.kept),
        tuple(each for part in parts for each in part.counted),
    )


def _spans(session: Session, towns: set[UUID]) -> Mapping[UUID, Kept]:
    late: dict[UUID, set[datetime]] = defaultdict(set)
    facts = select(LateFact.tenant_id, LateFact.arrived_at)
    for tenant_id, at in session.execute(facts.where(LateFact.tenant_id.in_(towns))):
        late[tenant_id].add(at)
    spans = session.scalars(select(RolledSpan).where(RolledSpan.tenant_id.in_(towns)))
    return {
        each.tenant_id: Kept(
            each.since, each.until, each.threshold, tuple(late[each.tenant_id])
        )
        for each in spans
    }


def kept_of(
    session: Session, windows: Sequence[Window], per: Per
) -> Iterator[tuple[Key, Tally]]:
    known = (*per.kept, *NAMES)
    rolled = func.rolled_tallies(
        *_edges(windows),
        _array((each.threshold for each in windows), Integer()),
        _array((each.zone for each in windows), String()),
        literal(per.name, String()),
    ).table_valued(*(column(each) for each in known), name="rolled")
    for row in session.execute(select(*(rolled.c[each] for each in known))):
        yield tuple(row[: len(per.kept)]), tally_of(row[len(per.kept) :])


def _kept_endings(
    session: Session, windows: Sequence[Window]
) -> Iterator[tuple[Disposition, int]]:
    rolled = func.rolled_endings(*_edges(windows)).table_valued(
        column("disposition"), column("calls"), name="rolled"
    )
    for word, number in session.execute(select(rolled.c.disposition, rolled.c.calls)):
        yield word, int(number)


def _edges(windows: Sequence[Window]) -> tuple[ColumnElement[Any], ...]:
    zoned = DateTime(timezone=True)
    return (
        _array((each.tenant_id for each in windows), Uuid()),
        _array((each.since for each in windows), zoned),
        _array((each.until for each in windows), zoned),
    )


def _array(values: Iterable[object], kind: TypeEngine[Any]) -> ColumnElement[Any]:
    return literal(list(values), ARRAY(kind))
