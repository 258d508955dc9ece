"""The operator's own people, over all the towns of whoever asks."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from msgspec import Struct
from sqlalchemy import text
from sqlalchemy.orm import Session  # a board of towns

from townline.auth.access import grant, revoke
from townline.auth.models import Invitation, Role, TownAccess
from townline.auth.rules import DESK
from townline.db import Database
from townline.errors import Conflict
from townline.proof import Actor
from townline.tenancy import TenantSession, town

_MEMBERS = text(
    """
    select account.id as account_id, account.name, account.email,
        account.second_factor_at is not null as has_second_factor,
        jsonb_object_agg(held.tenant_id, held.role) as roles
    from staff_access() as held join account on account.id = held.account_id
    group by account.id
    order by account.name, account.email
    """
)
# Who may do most comes first.
BY_RANK: Sequence[Role] = ("administrator", "supervisor", "agent")


class LastAdministrator(Conflict):
    """One of your towns would be left without an administrator; make another first."""


class OfTheTown(Conflict):
    """They are one of a town's own people; the town's manager decides about them."""


class Member(Struct, frozen=True, kw_only=True):
    """One of the operator's people; ``roles`` are those in the asker's towns."""

    account_id: UUID
    name: str
    email: str
    has_second_factor: bool
    roles: Mapping[UUID, Role]

    @property
    def role(self) -> Role:
        """The highest of them: what they are, wherever they are it."""
        held = {*self.roles.values()}
        return next(each for each in BY_RANK if each in held)


def staff(session: Session) -> Sequence[Member]:
    """Everybody who answers for a town of this board, by name."""
    return [
        Member(
            account_id=found.account_id,
            name=found.name,
            email=found.email,
            has_second_factor=found.has_second_factor,
            roles={UUID(key): role for key, role in found.roles.items()},
        )
        for found in session.execute(_MEMBERS)
    ]


def place(
    database: Database,
    account_id: UUID,
    wanted: Mapping[UUID, Role | None],
    *,
    by: Actor,
    at: datetime,
) -> None:
    """Give a role in each of these towns, or none; each town keeps an administrator."""
    for tenant_id, role in wanted.items():
        with town(database, tenant_id) as db:
            _place(db, account_id, role, by=by, at=at)


def grant_also(
    database: Database, invitation: Invitation, account_id: UUID, *, at: datetime
) -> None:
    """The same role in the other towns of an invitation that was just accepted."""
    by = Actor("agent", invitation.invited_by)
    for tenant_id in invitation.also or ():
        with town(database, UUID(tenant_id)) as db:
            grant(db, account_id, role=invitation.role, at=at, by=by)


def _place(
    db: TenantSession, account_id: UUID, role: Role | None, *, by: Actor, at: datetime
) -> None:
    mine = db.rows(TownAccess).where(TownAccess.account_id == account_id)
    held = db.session.scalar(mine)
    if held is not None and held.role not in DESK:
        raise OfTheTown
    before = held.role if held else None
    if before == role:
        return
    if before == "administrator":
        _keep_an_administrator(db, account_id)
    if role is None:
        revoke(db, account_id, at=at, by=by)
    else:
        grant(db, account_id, role=role, at=at, by=by)


def _keep_an_administrator(db: TenantSession, account_id: UUID) -> None:
    """Their rows are held, so that the last two do not leave at once."""
    mine = db.rows(TownAccess).where(TownAccess.role == "administrator")
    held = db.session.scalars(mine.order_by(TownAccess.id).with_for_update())
    if {each.account_id for each in held} == {account_id}:
        raise LastAdministrator
