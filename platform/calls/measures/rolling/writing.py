"""Keeping a town's hours: those that have settled, those that changed, and the past."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    FromClause,
    Select,
    String,
    Uuid,
    cast,
    delete,
    func,
    insert,
    literal,
    select,
)
from sqlalchemy.dialects.postgresql import insert as upsert
from sqlalchemy.orm import Session  # noqa: TID251 - boards of many towns

from calls.late import LateFact
from calls.measures.counting import NAMES, Window, statement_of, table
from calls.measures.rolling import rules
from calls.measures.rolling.models import RolledEnding, RolledHour, RolledSpan
from calls.measures.rolling.reading import endings_of, passing_hour
from calls.measures.rolling.rules import Kept
from calls.measures.rules import HOUR
from calls.models import Call
from townline.db import new_id
from townline.tenancy import TenantSession

# A minute's worth of late facts; what is left waits for the next turn.
MOST_FACTS = 2_000


@dataclass(frozen=True, slots=True)
class Standard:
    """What a town calls in time, and by which clocks its hours begin."""

    threshold: int
    zone: str


def due(
    session: Session, standards: Mapping[UUID, Standard], *, at: datetime
) -> Sequence[UUID]:
    """The towns of an engine's session that have something to keep."""
    late = set(session.scalars(select(LateFact.tenant_id).distinct()))
    spans = {each.tenant_id: each for each in session.scalars(select(RolledSpan))}
    return [
        tenant_id
        for tenant_id, standard in standards.items()
        if tenant_id in late or _is_behind(spans.get(tenant_id), standard, at=at)
    ]


def roll(db: TenantSession, standard: Standard, *, at: datetime) -> int:
    """Count what is due and keep it: how much there was, none if others are at it.

    The past is gone back through a month a turn, so that no turn holds the town long.
    """
    settled = rules.settled(at, standard.zone)
    span = _span(db, standard, settled)
    if span is None:
        return 0
    _begin_anew_if_other(db, span, standard, settled)
    rolled = _keep_late(db, span, standard)
    if span.until < settled:
        rolled += keep(db, [_window(db, standard, span.until, settled)])
        span.until = settled
    rolled += _go_back(db, span, standard)
    return rolled


def keep(db: TenantSession, windows: Sequence[Window]) -> int:
    """Count the hours of these windows, whatever was kept of them before."""
    if not windows:
        return 0
    asked = table(windows)
    hour = passing_hour(asked)
    _forget(db, RolledHour, asked, RolledHour.threshold == asked.c.threshold)
    _forget(db, RolledEnding, asked)
    _insert(
        db,
        RolledHour,
        ("hour", "agent_id", "agent", *NAMES),
        statement_of(asked, hour, Call.claimed_by, Call.claimed_by_name),
        threshold=windows[0].threshold,
    )
    endings = endings_of(asked, hour)
    _insert(db, RolledEnding, ("hour", "disposition", "calls"), endings)
    return len(windows)


def _is_behind(span: RolledSpan | None, standard: Standard, *, at: datetime) -> bool:
    if span is None or span.threshold != standard.threshold:
        return True
    return span.until != rules.settled(at, standard.zone)


def _span(
    db: TenantSession, standard: Standard, settled: datetime
) -> RolledSpan | None:
    """Locked, so that no hour is kept twice."""
    first = upsert(RolledSpan).values(
        tenant_id=db.tenant_id,
        id=new_id(),
        threshold=standard.threshold,
        since=settled,
        until=settled,
    )
    db.session.execute(first.on_conflict_do_nothing())
    return db.session.scalar(db.rows(RolledSpan).with_for_update(skip_locked=True))


def _begin_anew_if_other(
    db: TenantSession, span: RolledSpan, standard: Standard, settled: datetime
) -> None:
    """A town that wants calls answered sooner, or whose clocks are others now.

    What was kept under another threshold stays until all is counted anew: a page may
    be reading it.
    """
    in_step = rules.is_in_step(span.since, settled)
    if not in_step:
        for model in (RolledHour, RolledEnding):
            db.session.execute(delete(model).where(model.tenant_id == db.tenant_id))
    if not in_step or span.threshold != standard.threshold:
        span.since = span.until = settled
        span.threshold = standard.threshold


def _keep_late(db: TenantSession, span: RolledSpan, standard: Standard) -> int:
    """The facts are read first: what is committed after that is found the next time."""
    facts = db.session.execute(
        select(LateFact.id, LateFact.arrived_at)
        .where(LateFact.tenant_id == db.tenant_id)
        .limit(MOST_FACTS)
    ).all()
    if not facts:
        return 0
    kept = Kept(span.since, span.until, span.threshold)
    hours = rules.hours((at for _, at in facts), kept)
    late = [_window(db, standard, at, at + HOUR) for at in hours]
    told = delete(LateFact).where(
        LateFact.tenant_id == db.tenant_id, LateFact.id.in_([id for id, _ in facts])
    )
    keep(db, late)
    db.session.execute(told)
    return len(facts)


def _go_back(db: TenantSession, span: RolledSpan, standard: Standard) -> int:
    first = db.session.scalar(
        select(func.min(Call.arrived_at)).where(Call.tenant_id == db.tenant_id)
    )
    if first is None or first >= span.since:
        others = delete(RolledHour).where(
            RolledHour.tenant_id == db.tenant_id,
            RolledHour.threshold != span.threshold,
        )
        db.session.execute(others)
        return 0
    since = rules.before(span.since, first)
    kept = keep(db, [_window(db, standard, since, span.since)])
    span.since = since
    return kept


def _window(
    db: TenantSession, standard: Standard, since: datetime, until: datetime
) -> Window:
    return Window(db.tenant_id, since, until, standard.threshold, standard.zone)


def _forget(
    db: TenantSession,
    model: type[RolledHour | RolledEnding],
    asked: FromClause,
    *which: ColumnElement[bool],
) -> None:
    gone = delete(model).where(
        model.tenant_id == db.tenant_id,
        model.tenant_id == asked.c.tenant_id,
        model.hour >= asked.c.since,
        model.hour < asked.c.until,
        *which,
    )
    db.session.execute(gone, execution_options={"synchronize_session": False})


def _insert(
    db: TenantSession,
    model: type[RolledHour | RolledEnding],
    names: Sequence[str],
    counted: Select[Any],
    **same: int,
) -> None:
    """Each row's id is made of what it counts: it is the same each time."""
    rows = counted.subquery("counted")
    keys = [func.coalesce(cast(each, String), "") for each in list(rows.c)[:3]]
    made_of = func.concat_ws("/", model.__tablename__, *map(str, same.values()), *keys)
    id = cast(func.md5(made_of), Uuid)
    fixed = {"tenant_id": literal(db.tenant_id, Uuid), "id": id}
    fixed |= {name: literal(value) for name, value in same.items()}
    made = insert(model).from_select([*fixed, *names], select(*fixed.values(), *rows.c))
    db.session.execute(made)
