"""Sheets of paper for the hours when nothing else works, each with its own number."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import UniqueConstraint
from sqlalchemy.orm import Mapped

from townline.db import Base
from townline.tenancy import TenantOwned


class CallSheet(TenantOwned, Base):
    """A number that was printed. Its id is the client key of the ticket it becomes."""

    __tablename__ = "call_sheet"
    __table_args__ = (UniqueConstraint("tenant_id", "number"),)

    number: Mapped[int]
    printed_at: Mapped[datetime]
    printed_by: Mapped[str]
    called_at: Mapped[datetime | None]
    entered_at: Mapped[datetime | None]
    entered_by: Mapped[str | None]
