"""What was recorded of a call, where the sound is, and until when it is kept."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, Index, String, UniqueConstraint, text
from sqlalchemy.orm import Mapped, mapped_column

from townline.db import Base
from townline.tenancy import TenantOwned


class Recording(TenantOwned, Base):
    """The sound itself stays with the exchange, under ``sid``, until it is deleted."""

    __tablename__ = "recording"
    __table_args__ = (
        ForeignKeyConstraint(["tenant_id", "call_id"], ["call.tenant_id", "call.id"]),
        UniqueConstraint("tenant_id", "sid"),
        Index("ix_recording_call", "tenant_id", "call_id"),
        Index(
            "ix_recording_to_delete",
            "tenant_id",
            "delete_at",
            postgresql_where=text("deleted_at is null"),
        ),
    )

    call_id: Mapped[UUID]
    sid: Mapped[str] = mapped_column(String(64))
    started_at: Mapped[datetime]
    paused_at: Mapped[datetime | None]
    completed_at: Mapped[datetime | None]
    seconds: Mapped[int | None]
    delete_at: Mapped[datetime]
    deleted_at: Mapped[datetime | None]
