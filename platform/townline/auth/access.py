"""Roles in a town: given, taken away, and looked up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import delete, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session

from townline import proof
from townline.auth.models import Account, TownAccess
from townline.db import new_id
from townline.proof import ENGINE, Actor
from townline.tenancy import TenantSession


def grant(
    db: TenantSession, account_id: UUID, *, role: str, at: datetime, by: Actor = ENGINE
) -> None:
    """Give an account its role in this town; giving it again changes the role."""
    statement = insert(TownAccess).values(
        tenant_id=db.tenant_id,
        id=new_id(),
        account_id=account_id,
        role=role,
        granted_at=at,
    )
    statement = statement.on_conflict_do_update(
        index_elements=["tenant_id", "account_id"],
        set_={"role": statement.excluded.role},
    )
    db.session.execute(statement)
    proof.record(db, "access.granted", subject=account_id, at=at, actor=by, role=role)


def revoke(
    db: TenantSession, account_id: UUID, *, at: datetime, by: Actor = ENGINE
) -> None:
    """Take an account's role in this town away."""
    theirs = delete(TownAccess).where(
        TownAccess.tenant_id == db.tenant_id, TownAccess.account_id == account_id
    )
    db.session.execute(theirs)
    proof.record(db, "access.revoked", subject=account_id, at=at, actor=by)


def managers(db: TenantSession) -> Sequence[Account]:
    """Whoever looks after the town, in the order in which they were let in."""
    statement = (
        select(Account)
        .join(TownAccess, TownAccess.account_id == Account.id)
        .where(TownAccess.tenant_id == db.tenant_id, TownAccess.role == "manager")
        .order_by(TownAccess.granted_at, Account.email)
    )
    return db.session.scalars(statement).all()


def roles_of(session: Session, account_id: UUID) -> Mapping[UUID, str]:
    """An account's role in each of its towns."""
    found = session.execute(
        text("select tenant_id, role from towns_of(:account)"), {"account": account_id}
    )
    return {tenant_id: role for tenant_id, role in found}
