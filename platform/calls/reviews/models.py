"""What a supervisor made of a call that was drawn for it, and what its agent says."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, Index, SmallInteger, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from townline.db import Base
from townline.tenancy import TenantOwned


class Review(TenantOwned, Base):
    """One sheet a call; each aspect is scored from 0 to 4."""

    __tablename__ = "review"
    __table_args__ = (
        ForeignKeyConstraint(["tenant_id", "call_id"], ["call.tenant_id", "call.id"]),
        UniqueConstraint("tenant_id", "call_id"),
        Index("ix_review_agent", "tenant_id", "agent_id", "reviewed_at"),
    )

    call_id: Mapped[UUID]
    agent_id: Mapped[UUID]
    agent: Mapped[str]
    greeting: Mapped[int] = mapped_column(SmallInteger)
    script: Mapped[int] = mapped_column(SmallInteger)
    read_back: Mapped[int] = mapped_column(SmallInteger)
    tone: Mapped[int] = mapped_column(SmallInteger)
    accuracy: Mapped[int] = mapped_column(SmallInteger)
    remarks: Mapped[str]
    reviewer_id: Mapped[UUID]
    reviewer: Mapped[str]
    reviewed_at: Mapped[datetime]
    answer: Mapped[str]
    answered_at: Mapped[datetime | None]
