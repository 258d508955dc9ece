"""Asking buckets for tokens: PostgreSQL does the sums, for all of them at once."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ColumnElement,
    Integer,
    Interval,
    case,
    cast,
    delete,
    func,
    literal,
    select,
)
from sqlalchemy.dialects.postgresql import Insert, insert

from notify.rules.throttles import ANOTHER_TIME, REFILLED, Bucket, Grant, Limit
from notify.sharing import Throttle
from townline.db import new_id
from townline.sets import given
from townline.tenancy import TenantSession


def ask_all(
    db: TenantSession,
    limits: Mapping[str, Limit],
    wanted: Mapping[str, int],
    *,
    at: datetime,
) -> dict[str, Grant]:
    """``rules.throttles.ask`` for each key, by PostgreSQL, in the order of the keys:
    so no two workers ever wait for each other."""
    rows = [
        _Asking(new_id(), key, it.rate, it.burst, it.gather, wanted[key])
        for key, it in sorted(limits.items())
    ]
    result = db.session.execute(_asked(db, rows, at=at))
    return {
        key: Grant(granted, Bucket(level, asked_at, booked_until))
        for key, granted, level, asked_at, booked_until in result
    }


def forget(db: TenantSession, *, at: datetime) -> None:
    """Rows that say no more than none would: full again, or of another time."""
    ago = func.extract("epoch", literal(at, Throttle.asked_at.type) - Throttle.asked_at)
    over = (ago > REFILLED.total_seconds()) & (Throttle.booked_until < at)
    db.session.execute(
        delete(Throttle)
        .where(Throttle.tenant_id == db.tenant_id, over | (Throttle.asked_at > at))
        .execution_options(synchronize_session=False)
    )


@dataclass(frozen=True, slots=True)
class _Asking:
    """What is asked of one bucket; its fields are the columns' names."""

    id: UUID
    key: str
    rate: float
    burst: float
    gather: float
    wanted: int


ASKED = [getattr(Throttle, name) for name in _Asking.__dataclass_fields__]
ANSWERED = ("granted", "level", "asked_at", "booked_until")


def _asked(db: TenantSession, rows: Sequence[_Asking], *, at: datetime) -> Any:  # noqa: ANN401 - SQLAlchemy does not name what RETURNING gives
    these = given(rows, *ASKED)
    now = literal(at, Throttle.asked_at.type)
    full, asking = these.c.burst, these.c
    first = _answer(full, asking, booked_until=now, at=now)
    fresh = insert(Throttle).from_select(
        ["tenant_id", *ASKED, *ANSWERED],
        select(literal(db.tenant_id, Throttle.tenant_id.type), *these.c, *first),
    )
    return _asked_again(fresh).returning(
        Throttle.key, *(getattr(Throttle, name) for name in ANSWERED)
    )


def _asked_again(fresh: Insert) -> Insert:
    new = fresh.excluded
    elapsed = func.extract("epoch", new.asked_at - Throttle.asked_at)
    elsewhen = elapsed < -ANOTHER_TIME.total_seconds()
    refilled = Throttle.level + new.rate * func.greatest(0.0, elapsed)
    full = case((elsewhen, new.burst), else_=func.least(new.burst, refilled))
    booked = case((elsewhen, new.asked_at), else_=Throttle.booked_until)
    latest = func.greatest(new.asked_at, Throttle.asked_at)
    granted, level, _, until = _answer(full, new, booked_until=booked, at=new.asked_at)
    asked_at = case((elsewhen, new.asked_at), else_=latest)
    answer = (granted, level, asked_at, until)
    same = {name: new[name] for name in ("rate", "burst", "gather", "wanted")}
    return fresh.on_conflict_do_update(
        index_elements=["tenant_id", "key"],
        set_=same | dict(zip(ANSWERED, answer, strict=True)),
    )


def _answer(
    full: ColumnElement[float],
    asking: Any,  # noqa: ANN401 - the columns of either table
    *,
    booked_until: ColumnElement[datetime],
    at: ColumnElement[datetime],
) -> tuple[ColumnElement[Any], ...]:
    granted = func.least(asking.wanted, cast(func.floor(full), Integer))
    missing = asking.wanted - granted
    booked = case(
        (
            asking.gather == 0,
            func.greatest(booked_until, at) + _seconds(missing / asking.rate),
        ),
        (
            (granted > 0) | (missing == 0) | (booked_until > at),
            booked_until,
        ),
        else_=at + _seconds(asking.gather),
    )
    return granted, full - granted, at, booked


def _seconds(number: ColumnElement[float]) -> ColumnElement[Any]:
    return func.make_interval(0, 0, 0, 0, 0, 0, number, type_=Interval)
