"""Keeping a call out of the measures, and letting it back in."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import delete
from sqlalchemy.dialects.postgresql import insert

from calls import late
from calls.measures.models import Exclusion, Why
from calls.models import Call
from townline import proof
from townline.db import new_id
from townline.proof import Actor
from townline.tenancy import TenantSession


def exclude(
    db: TenantSession, call_id: UUID, why: Why, *, by: Actor, at: datetime
) -> None:
    """A test, or somebody who was paid to ring; said twice it counts once."""
    call = db.get(Call, call_id)
    statement = insert(Exclusion).values(
        tenant_id=db.tenant_id, id=new_id(), call_id=call.id, why=why, by=by.name, at=at
    )
    made = db.session.scalar(statement.on_conflict_do_nothing().returning(Exclusion.id))
    if made:
        late.changed(db, call)
        proof.record(db, "call.excluded", subject=call.id, at=at, actor=by, why=why)


def include(db: TenantSession, call_id: UUID, *, by: Actor, at: datetime) -> None:
    """It counts after all."""
    theirs = delete(Exclusion).where(
        Exclusion.tenant_id == db.tenant_id, Exclusion.call_id == call_id
    )
    if db.session.scalar(theirs.returning(Exclusion.id)):
        late.changed(db, db.get(Call, call_id))
        proof.record(db, "call.included", subject=call_id, at=at, actor=by)


def exclusion(db: TenantSession, call_id: UUID) -> Exclusion | None:
    return db.session.scalar(db.rows(Exclusion).where(Exclusion.call_id == call_id))
