"""Who is difficult on the telephone: in one town, or at every desk of the operator."""

from __future__ import annotations

from datetime import date, datetime
from uuid import UUID

from sqlalchemy import Index, String
from sqlalchemy.orm import Mapped, mapped_column

from calls.rules.flags import FlagKind
from townline.db import Base, new_id
from townline.tenancy import TenantOwned


class Flagged:
    """What both kinds of flag hold; it is shown until ``expires_at`` or its end."""

    number: Mapped[str] = mapped_column(String(16))
    kind: Mapped[FlagKind] = mapped_column(String(12))
    author: Mapped[str]
    author_id: Mapped[UUID]
    set_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    appeal_by: Mapped[date]
    ended_at: Mapped[datetime | None]
    ended_by: Mapped[str | None]


class CallerFlag(Flagged, TenantOwned, Base):
    """A town's own, in its own words; ``terms`` are those of restricted contact."""

    __tablename__ = "caller_flag"
    __table_args__ = (Index("ix_caller_flag_number", "tenant_id", "number"),)

    reason: Mapped[str]
    terms: Mapped[str]


class OperatorFlag(Flagged, Base):
    """Every desk's. It has no words and no town: nothing can leak through it."""

    __tablename__ = "operator_flag"
    __table_args__ = (Index("ix_operator_flag_number", "number"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
