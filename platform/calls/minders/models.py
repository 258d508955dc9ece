"""Something to be done at its time: "call the crew again at 03:30"."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from sqlalchemy import Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from townline.db import Base
from townline.tenancy import TenantOwned

About = Literal["town", "ticket", "call"]


class Minder(TenantOwned, Base):
    """``owner_id`` is whoever set it for themselves; None when it is the desk's.

    ``overdue_at`` is when nobody had done it in time, and supervisors were shown it.
    """

    __tablename__ = "minder"
    __table_args__ = (
        Index(
            "ix_minder_open",
            "tenant_id",
            "due_at",
            postgresql_where=text("done_at is null"),
        ),
    )

    about: Mapped[About] = mapped_column(String(6))
    about_id: Mapped[UUID | None]
    words: Mapped[str]
    due_at: Mapped[datetime]
    owner_id: Mapped[UUID | None]
    owner: Mapped[str | None]
    set_by: Mapped[str]
    set_at: Mapped[datetime]
    snoozed: Mapped[int]
    overdue_at: Mapped[datetime | None]
    done_at: Mapped[datetime | None]
    done_by: Mapped[str | None]
