"""Lists that somebody comes back to: their own, and those the town keeps for all."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from uuid import UUID

from sqlalchemy import String, UniqueConstraint, delete, func, select
from sqlalchemy.dialects.postgresql import JSONB, insert
from sqlalchemy.orm import Mapped, mapped_column

from townline.db import Base, new_id
from townline.errors import Invalid, NotFound
from townline.tenancy import TenantOwned, TenantSession

LONGEST_NAME = 60
# More than anybody finds their way among.
MOST_VIEWS = 30


class SavedView(TenantOwned, Base):
    """What a list was asked for, by its fields; ``owner`` is somebody's account, or the
    town itself for what everybody of the town is offered."""

    __tablename__ = "saved_view"
    __table_args__ = (UniqueConstraint("tenant_id", "owner", "name"),)

    owner: Mapped[UUID]
    name: Mapped[str] = mapped_column(String(LONGEST_NAME))
    asked: Mapped[dict[str, str]] = mapped_column(JSONB)
    by: Mapped[str]
    at: Mapped[datetime]


class ViewNameNeeded(Invalid):
    """Give the view a name of up to 60 letters, to find it again by."""


class TooManyViews(Invalid):
    """There are thirty views already; remove one that nobody opens any more."""


def views(db: TenantSession, account_id: UUID) -> Sequence[SavedView]:
    """The town's and somebody's own, each by name."""
    theirs = db.rows(SavedView).where(SavedView.owner.in_([db.tenant_id, account_id]))
    return db.session.scalars(
        theirs.order_by(SavedView.owner != db.tenant_id, SavedView.name)
    ).all()


def save_view(
    db: TenantSession,
    name: str,
    asked: Mapping[str, str],
    *,
    owner: UUID,
    by: str,
    at: datetime,
) -> None:
    """Under a name that there is already, this one takes its place."""
    name = " ".join(name.replace("\0", "").split())
    if not name or len(name) > LONGEST_NAME:
        raise ViewNameNeeded(field="name")
    if _others(db, owner, name) >= MOST_VIEWS:
        raise TooManyViews(field="name")
    kept = {"asked": dict(asked), "by": by, "at": at}
    row = {"tenant_id": db.tenant_id, "id": new_id(), "owner": owner, "name": name}
    statement = insert(SavedView).values(row | kept)
    db.session.execute(
        statement.on_conflict_do_update(
            index_elements=["tenant_id", "owner", "name"],
            set_={key: statement.excluded[key] for key in kept},
        )
    )


def drop_view(db: TenantSession, view_id: UUID, *, owner: UUID) -> None:
    """Raise NotFound for one that is somebody else's."""
    statement = delete(SavedView).where(
        SavedView.tenant_id == db.tenant_id,
        SavedView.id == view_id,
        SavedView.owner == owner,
    )
    if db.session.scalar(statement.returning(SavedView.id)) is None:
        raise NotFound


def _others(db: TenantSession, owner: UUID, name: str) -> int:
    statement = select(func.count()).where(
        SavedView.tenant_id == db.tenant_id,
        SavedView.owner == owner,
        SavedView.name != name,
    )
    return db.session.scalar(statement) or 0
