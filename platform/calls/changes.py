"""How a call changes: by comparing and setting, and by a line in the town's log.

What is logged never holds a caller's number: the log cannot forget, and an anonymous
caller is entitled to be forgotten.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, update

from calls import late
from calls.models import Call
from townline import live, proof
from townline.proof import ENGINE, Actor
from townline.tenancy import TenantSession


def change(
    db: TenantSession, call_id: UUID, *expected: ColumnElement[bool], **values: object
) -> Call | None:
    """The row as it is now, or None if it was not as expected."""
    statement = (
        update(Call)
        .where(Call.tenant_id == db.tenant_id, Call.id == call_id, *expected)
        .values(values)
        .returning(Call)
        .execution_options(synchronize_session=False, populate_existing=True)
    )
    return db.session.scalar(statement)


def tell(
    db: TenantSession,
    happened: str,
    call: Call,
    *,
    at: datetime,
    by: Actor = ENGINE,
    **facts: object,
) -> None:
    """Whatever is told of a call may change what it is counted for."""
    late.changed(db, call)
    proof.record(db, happened, subject=call.id, at=at, actor=by, **facts)
    live.announce(db, "calls")
