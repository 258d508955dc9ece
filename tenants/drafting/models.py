"""A town's next version while it is prepared, and whatever was done to it."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    ForeignKeyConstraint,
    Index,
    Integer,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from townline.db import Base
from townline.tenancy import TenantOwned


class TownDraft(TenantOwned, Base):
    """``base_id`` is the version it starts from; a town has one that is not ended.

    ``revision`` counts what people changed: an approval is of one revision.
    """

    __tablename__ = "town_draft"
    __table_args__ = (
        ForeignKeyConstraint(
            ["tenant_id", "base_id"],
            ["town_version.tenant_id", "town_version.id"],
            name="fk_town_draft_base",
        ),
        ForeignKeyConstraint(
            ["tenant_id", "version_id"],
            ["town_version.tenant_id", "town_version.id"],
            name="fk_town_draft_version",
        ),
        Index(
            "uq_town_draft_open",
            "tenant_id",
            unique=True,
            postgresql_where=text("ended_at is null"),
        ),
    )

    base_id: Mapped[UUID]
    body: Mapped[str]
    revision: Mapped[int] = mapped_column(Integer, default=0)
    begun_at: Mapped[datetime]
    begun_by: Mapped[str]
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[str] = mapped_column(default="")
    version_id: Mapped[UUID | None]


def _of_a_draft(table: str) -> ForeignKeyConstraint:
    return ForeignKeyConstraint(
        ["tenant_id", "draft_id"],
        ["town_draft.tenant_id", "town_draft.id"],
        name=f"fk_{table}_town_draft",
    )


class TownDraftChange(TenantOwned, Base):
    """One step of a draft: ``before`` and ``after`` are the entry's own JSON.

    ``next_key`` is what it stood before; of a file taken over whole, ``before`` is
    the text it replaced. ``said`` is what a person is told of it besides.
    """

    __tablename__ = "town_draft_change"
    __table_args__ = (
        _of_a_draft("town_draft_change"),
        UniqueConstraint(
            "tenant_id", "draft_id", "number", name="uq_town_draft_change_number"
        ),
    )

    draft_id: Mapped[UUID]
    number: Mapped[int] = mapped_column(Integer)
    at: Mapped[datetime]
    author: Mapped[str]
    kind: Mapped[str] = mapped_column(String(16))
    field: Mapped[str] = mapped_column(String(40))
    key: Mapped[str]
    former_key: Mapped[str]
    next_key: Mapped[str]
    before: Mapped[str | None]
    after: Mapped[str | None]
    said: Mapped[str]
    undone_at: Mapped[datetime | None]
    undone_by: Mapped[str] = mapped_column(default="")


class TownAsking(TenantOwned, Base):
    """Somebody asks for a second person's approval of one revision of a draft."""

    __tablename__ = "town_asking"
    __table_args__ = (
        _of_a_draft("town_asking"),
        UniqueConstraint(
            "tenant_id", "draft_id", "revision", name="uq_town_asking_revision"
        ),
    )

    draft_id: Mapped[UUID]
    revision: Mapped[int] = mapped_column(Integer)
    account_id: Mapped[UUID]
    name: Mapped[str]
    reason: Mapped[str]
    at: Mapped[datetime]


class TownApproval(TenantOwned, Base):
    """The second person has looked at one revision of a draft, and agrees."""

    __tablename__ = "town_approval"
    __table_args__ = (
        _of_a_draft("town_approval"),
        UniqueConstraint(
            "tenant_id", "draft_id", "revision", name="uq_town_approval_revision"
        ),
    )

    draft_id: Mapped[UUID]
    revision: Mapped[int] = mapped_column(Integer)
    account_id: Mapped[UUID]
    name: Mapped[str]
    at: Mapped[datetime]


class TownPlan(TenantOwned, Base):
    """A draft is to be published at an instant; ``refused`` is why it was not."""

    __tablename__ = "town_plan"
    __table_args__ = (
        _of_a_draft("town_plan"),
        UniqueConstraint("tenant_id", "draft_id", name="uq_town_plan_draft"),
    )

    draft_id: Mapped[UUID]
    due_at: Mapped[datetime]
    reason: Mapped[str]
    author: Mapped[str]
    planned_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
    refused: Mapped[str] = mapped_column(default="")
