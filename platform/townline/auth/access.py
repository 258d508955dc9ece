"""Roles in a town: given, taken away, and looked up."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from uuid import UUID

from msgspec import Struct
from sqlalchemy import delete, select
from sqlalchemy.dialects.postgresql import insert

from townline import proof
from townline.auth.models import Account, Role, TownAccess
from townline.auth.rules import SCOPED
from townline.db import new_id
from townline.errors import Conflict, NotFound
from townline.proof import ENGINE, Actor
from townline.tenancy import TenantSession


class LastManager(Conflict):
    """This is the town's last manager; make somebody else one first."""


class Colleague(Struct, frozen=True, kw_only=True):
    """Somebody who may come in; no ``departments`` are all of them.

    ``language`` is their own choice, if they made one.
    """

    account_id: UUID
    name: str
    email: str
    language: str | None
    role: Role
    departments: tuple[str, ...]
    since: datetime
    has_second_factor: bool


def grant(
    db: TenantSession,
    account_id: UUID,
    *,
    role: str,
    at: datetime,
    departments: Iterable[str] = (),
    by: Actor = ENGINE,
) -> None:
    """Give an account its role in this town; giving it again changes the role."""
    scope = sorted(departments) if role in SCOPED else []
    statement = insert(TownAccess).values(
        tenant_id=db.tenant_id,
        id=new_id(),
        account_id=account_id,
        role=role,
        departments=scope or None,
        granted_at=at,
    )
    statement = statement.on_conflict_do_update(
        index_elements=["tenant_id", "account_id"],
        set_={
            "role": statement.excluded.role,
            "departments": statement.excluded.departments,
        },
    )
    db.session.execute(statement)
    facts = {"role": role, **({"departments": scope} if scope else {})}
    proof.record(db, "access.granted", subject=account_id, at=at, actor=by, **facts)


def change_role(
    db: TenantSession,
    account_id: UUID,
    *,
    role: Role,
    departments: Iterable[str],
    at: datetime,
    by: Actor,
) -> None:
    """Raise LastManager rather than leave the town to nobody."""
    theirs = _of(db, account_id)
    if role != "manager":
        _keep_a_manager(db, theirs)
    grant(db, account_id, role=role, departments=departments, at=at, by=by)


def end_access(db: TenantSession, account_id: UUID, *, at: datetime, by: Actor) -> None:
    """From the next page on; raise LastManager rather than leave the town to nobody."""
    _keep_a_manager(db, _of(db, account_id))
    revoke(db, account_id, at=at, by=by)


def revoke(
    db: TenantSession, account_id: UUID, *, at: datetime, by: Actor = ENGINE
) -> None:
    """Take an account's role in this town away."""
    theirs = delete(TownAccess).where(
        TownAccess.tenant_id == db.tenant_id, TownAccess.account_id == account_id
    )
    db.session.execute(theirs)
    proof.record(db, "access.revoked", subject=account_id, at=at, actor=by)


def people(db: TenantSession, *, roles: Iterable[str]) -> Sequence[Colleague]:
    """Who may come in as one of ``roles``, by name."""
    statement = (
        select(
            Account.id.label("account_id"),
            Account.name,
            Account.email,
            Account.language,
            TownAccess.role,
            TownAccess.departments,
            TownAccess.granted_at.label("since"),
            Account.second_factor_at.is_not(None).label("has_second_factor"),
        )
        .join(TownAccess, TownAccess.account_id == Account.id)
        .where(TownAccess.tenant_id == db.tenant_id, TownAccess.role.in_(roles))
        .order_by(Account.name, Account.email)
    )
    return [
        Colleague(**{**row, "departments": tuple(row["departments"] or ())})
        for row in db.session.execute(statement).mappings()
    ]


def managers(db: TenantSession) -> Sequence[Account]:
    """Whoever looks after the town, in the order in which they were let in."""
    statement = (
        select(Account)
        .join(TownAccess, TownAccess.account_id == Account.id)
        .where(TownAccess.tenant_id == db.tenant_id, TownAccess.role == "manager")
        .order_by(TownAccess.granted_at, Account.email)
    )
    return db.session.scalars(statement).all()


def _of(db: TenantSession, account_id: UUID) -> TownAccess:
    theirs = db.rows(TownAccess).where(TownAccess.account_id == account_id)
    found = db.session.scalar(theirs)
    if found is None:
        raise NotFound
    return found


def _keep_a_manager(db: TenantSession, theirs: TownAccess) -> None:
    """The managers' rows are held, so that the last two do not leave at once."""
    statement = db.rows(TownAccess).where(TownAccess.role == "manager")
    managers = db.session.scalars(statement.order_by(TownAccess.id).with_for_update())
    if {each.id for each in managers} == {theirs.id}:
        raise LastManager
