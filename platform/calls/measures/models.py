"""Calls that count for nothing: tests, and callers who were paid to ask."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from townline.db import Base
from townline.tenancy import TenantOwned

Why = Literal["test", "mystery"]


class Exclusion(TenantOwned, Base):
    """Its presence keeps a call out of every measure; the call itself stays."""

    __tablename__ = "call_exclusion"
    __table_args__ = (
        ForeignKeyConstraint(["tenant_id", "call_id"], ["call.tenant_id", "call.id"]),
        UniqueConstraint("tenant_id", "call_id"),
    )

    call_id: Mapped[UUID]
    why: Mapped[Why] = mapped_column(String(8))
    by: Mapped[str]
    at: Mapped[datetime]
