"""What a run was asked to decide about, and whether it decided by the rules."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import (
    ForeignKeyConstraint,
    Index,
    Integer,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from townline.db import Base
from townline.tenancy import TenantOwned


class RunEvent(TenantOwned, Base):
    """One event as ``decide`` was given it; never changed.

    ``people_version`` is the version of the town's rules that said who the people
    were at that moment: the policy is the run's own, the people are not.
    """

    __tablename__ = "run_event"
    __table_args__ = (
        ForeignKeyConstraint(["tenant_id", "run_id"], ["run.tenant_id", "run.id"]),
        ForeignKeyConstraint(
            ["tenant_id", "people_version"],
            ["town_version.tenant_id", "town_version.id"],
        ),
        UniqueConstraint("tenant_id", "run_id", "seq"),
    )

    run_id: Mapped[UUID]
    seq: Mapped[int] = mapped_column(Integer)
    at: Mapped[datetime]
    kind: Mapped[str] = mapped_column(String(20))
    payload: Mapped[dict[str, Any]] = mapped_column(JSONB)
    people_version: Mapped[UUID]


class Replayed(TenantOwned, Base):
    """A finished run was decided anew; ``deviation`` says in what it differs, if so."""

    __tablename__ = "run_replayed"
    __table_args__ = (
        ForeignKeyConstraint(["tenant_id", "run_id"], ["run.tenant_id", "run.id"]),
        UniqueConstraint("tenant_id", "run_id"),
        Index(
            "ix_run_replayed_deviation",
            "tenant_id",
            "at",
            postgresql_where=text("deviation <> ''"),
        ),
    )

    run_id: Mapped[UUID]
    at: Mapped[datetime]
    events: Mapped[int] = mapped_column(Integer)
    deviation: Mapped[str]
