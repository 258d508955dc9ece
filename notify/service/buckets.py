"""Asking buckets for tokens: PostgreSQL does the sums, for all of them at once."""

# Put together from its own sentences alone, once: a claim of one emergency must not
# spend longer on building the statement than PostgreSQL does on answering it.
# ruff: noqa: S608

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime, timedelta
from uuid import UUID

from msgspec import Struct
from sqlalchemy import delete, func, literal, text

from notify.rules.throttles import ANOTHER_TIME, REFILLED, Bucket, Grant, Limit
from notify.sharing import Throttle
from townline.db import new_id
from townline.prepared import Prepared
from townline.sets import packed
from townline.tenancy import TenantSession

# The words of ``rules.throttles``, in the same order. A bucket that has no row yet is
# full; of one that has, ``excluded`` is what is asked now.
FIRST_GRANTED = "least(wanted, cast(floor(burst) as int))"
FIRST_BOOKED = f"""
    cast(:at as timestamptz) + make_interval(secs => case when gather = 0
                                     then (wanted - {FIRST_GRANTED}) / rate else 0 end)
"""
ELAPSED = "extract(epoch from excluded.asked_at - throttle.asked_at)"
ELSEWHEN = f"{ELAPSED} < {-ANOTHER_TIME.total_seconds()}"
FILLED = f"""
    case when {ELSEWHEN} then excluded.burst
         else least(excluded.burst,
                    throttle.level + excluded.rate * greatest(0, {ELAPSED})) end
"""
GRANTED = f"least(excluded.wanted, cast(floor({FILLED}) as int))"
BOOKED = f"""
    case when {ELSEWHEN} then excluded.asked_at else throttle.booked_until end
"""
BOOKED_NOW = f"""
    case when excluded.gather = 0
         then greatest({BOOKED}, excluded.asked_at)
              + make_interval(secs => (excluded.wanted - {GRANTED}) / excluded.rate)
         when {GRANTED} > 0 or excluded.wanted = 0 or {BOOKED} > excluded.asked_at
         then {BOOKED}
         else excluded.asked_at + make_interval(secs => excluded.gather) end
"""
ASK = Prepared(
    text(
        f"""
    insert into throttle (tenant_id, id, key, rate, burst, gather, wanted,
                          granted, level, asked_at, booked_until)
    select cast(:town as uuid), id, key, rate, burst, gather, wanted,
           {FIRST_GRANTED}, burst - {FIRST_GRANTED}, cast(:at as timestamptz),
           {FIRST_BOOKED}
    from json_to_recordset(cast(:asked as json))
         as asked (id uuid, key varchar, rate float8, burst float8, gather float8,
                   wanted int)
    on conflict (tenant_id, key) do update set
        rate = excluded.rate, burst = excluded.burst, gather = excluded.gather,
        wanted = excluded.wanted, granted = {GRANTED}, level = {FILLED} - {GRANTED},
        asked_at = case when {ELSEWHEN} then excluded.asked_at
                        else greatest(excluded.asked_at, throttle.asked_at) end,
        booked_until = {BOOKED_NOW}
    returning key, granted, level, asked_at, booked_until
    """
    )
)


class _Asking(Struct, frozen=True):
    """What is asked of one bucket."""

    id: UUID
    key: str
    rate: float
    burst: float
    gather: float
    wanted: int


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
    return {
        key: Grant(granted, Bucket(level, asked_at, booked_until))
        for key, granted, level, asked_at, booked_until in ASK(
            db, asked=packed(rows), at=at
        )
    }


def forget(db: TenantSession, *, at: datetime, ahead: timedelta = ANOTHER_TIME) -> int:
    """Rows that say no more than none would: full again, or of another time."""
    now = literal(at, Throttle.asked_at.type)
    ago = func.extract("epoch", now - Throttle.asked_at)
    over = (ago > REFILLED.total_seconds()) & (Throttle.booked_until < at)
    gone = db.session.scalars(
        delete(Throttle)
        .where(
            Throttle.tenant_id == db.tenant_id,
            over | (ago < -ahead.total_seconds()),
        )
        .returning(Throttle.id)
        .execution_options(synchronize_session=False)
    )
    return len(gone.all())
