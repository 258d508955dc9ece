"""What became known of a call after its hour may have been added up.

Measures are kept by the hour once it has settled. Whatever changes an older call says
so here, in the same transaction: until that hour is counted anew, nobody reads what
was kept of it.
"""

from __future__ import annotations

from datetime import datetime, timedelta

from sqlalchemy import (
    DateTime,
    Index,
    Interval,
    String,
    Uuid,
    bindparam,
    func,
    literal,
    select,
    union_all,
)
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Mapped

from calls.models import Call
from townline.db import Base, new_id
from townline.prepared import Prepared
from townline.tenancy import TenantOwned, TenantSession

# Hours are kept three hours after they end, by the database's clock: whoever began to
# change a call within its first hour has long committed by then.
FRESH_FOR = timedelta(hours=1)
# As far back as a call can undo what an earlier one of its number was counted for.
REACHES_BACK = timedelta(days=7)


class LateFact(TenantOwned, Base):
    """Its presence keeps the hour of a call from being read as it was kept."""

    __tablename__ = "late_fact"
    __table_args__ = (Index("ix_late_fact_arrived", "tenant_id", "arrived_at"),)

    arrived_at: Mapped[datetime]


def _noting(*, itself: bool) -> Prepared:
    """The call's own hour, and that of the last call before it of its number: all
    earlier ones have been followed by another already."""
    town = bindparam("town", type_=Uuid())
    arrived = bindparam("arrived_at", type_=DateTime(timezone=True))
    fresh_since = func.now() - literal(FRESH_FOR, Interval)
    own = select(
        town, bindparam("own", type_=Uuid()), arrived.label("arrived_at")
    ).where(arrived < fresh_since)
    before = (
        select(town, bindparam("before", type_=Uuid()), Call.arrived_at)
        .where(
            Call.tenant_id == town,
            Call.caller == bindparam("caller", type_=String()),
            Call.arrived_at < arrived,
            Call.arrived_at >= arrived - literal(REACHES_BACK, Interval),
            Call.arrived_at < fresh_since,
        )
        .order_by(Call.arrived_at.desc())
        .limit(1)
    )
    late = union_all(own, before.subquery().select()) if itself else before
    columns = ["tenant_id", "id", "arrived_at"]
    return Prepared(insert(LateFact).from_select(columns, late))


_CHANGED, _LEFT = _noting(itself=True), _noting(itself=False)


def changed(db: TenantSession, call: Call) -> None:
    """Something of the call is not as it was; of a fresh one nothing is written."""
    _CHANGED(
        db,
        own=new_id(),
        before=new_id(),
        caller=call.caller,
        arrived_at=call.arrived_at,
    )


def left(db: TenantSession, number: str | None, call: Call) -> None:
    """The call is this number's no longer: whom it followed, nobody followed."""
    if number:
        _LEFT(db, before=new_id(), caller=number, arrived_at=call.arrived_at)
