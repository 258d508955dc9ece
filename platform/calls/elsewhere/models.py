"""What other telephone systems have told us, so that nothing is taken in twice."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from townline.db import Base
from townline.tenancy import TenantOwned


class Told(TenantOwned, Base):
    """One event of one system; it is forgotten when it could not be repeated."""

    __tablename__ = "told_by_system"
    __table_args__ = (
        UniqueConstraint("tenant_id", "system", "event_id"),
        Index("ix_told_by_system_at", "tenant_id", "told_at"),
    )

    system: Mapped[str] = mapped_column(String(20))
    event_id: Mapped[str] = mapped_column(String(80))
    told_at: Mapped[datetime]
