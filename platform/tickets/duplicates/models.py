"""Who was added to which ticket, and what a town has taught by it."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, Index, String, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from townline.db import Base
from townline.tenancy import TenantOwned


class Joining(TenantOwned, Base):
    """A me-too: what was typed when a caller was found to mean a known ticket.

    Category and place are those of the problem as this caller told it; of an anonymous
    one the place is not kept. ``moved_to`` is the ticket of their own that they got
    when the me-too turned out to be wrong.
    """

    __tablename__ = "joining"
    __table_args__ = (
        ForeignKeyConstraint(
            ["tenant_id", "reporter_id"], ["reporter.tenant_id", "reporter.id"]
        ),
        ForeignKeyConstraint(
            ["tenant_id", "ticket_id"], ["ticket.tenant_id", "ticket.id"]
        ),
        UniqueConstraint("tenant_id", "reporter_id"),
        Index("ix_joining_latest", "tenant_id", "at"),
        Index("ix_joining_ticket", "tenant_id", "ticket_id"),
    )

    reporter_id: Mapped[UUID]
    ticket_id: Mapped[UUID]
    category: Mapped[str] = mapped_column(String(40))
    place: Mapped[str]
    latitude: Mapped[float | None]
    longitude: Mapped[float | None]
    at: Mapped[datetime]
    by: Mapped[str]
    taken_back_at: Mapped[datetime | None]
    taken_back_by: Mapped[str | None]
    reason: Mapped[str | None]
    moved_to: Mapped[UUID | None]


class LearntLikeness(TenantOwned, Base):
    """A town's own weights and counts; without a row, the shipped ones hold."""

    __tablename__ = "learnt_likeness"
    __table_args__ = (UniqueConstraint("tenant_id"),)

    learnt_at: Mapped[datetime]
    calls: Mapped[int]
    pairs: Mapped[int]
    model: Mapped[dict[str, Any]] = mapped_column(JSONB)
