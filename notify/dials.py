"""Who has a call in hand that is to be made by hand, and what came of it."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, Index, String, text
from sqlalchemy.orm import Mapped, mapped_column

from notify.rules.dialling import DialResult, has_lapsed
from townline.db import Base
from townline.tenancy import TenantOwned

DialEnding = DialResult | Literal["released", "lapsed"]


class Dial(TenantOwned, Base):
    """An agent's hold on a promise to ring somebody; one at a time has it.

    ``attempt_id`` is None where the person rang us. ``said`` is the sentence that
    the listener wants said to them, ``voicemail`` the words for their machine.
    """

    __tablename__ = "dial"
    __table_args__ = (
        ForeignKeyConstraint(
            ["tenant_id", "notification_id"],
            ["notification.tenant_id", "notification.id"],
        ),
        ForeignKeyConstraint(
            ["tenant_id", "attempt_id"], ["attempt.tenant_id", "attempt.id"]
        ),
        Index("ix_dial_notification", "tenant_id", "notification_id"),
        Index(
            "uq_dial_open",
            "tenant_id",
            "notification_id",
            unique=True,
            postgresql_where=text("ended_at is null"),
        ),
    )

    notification_id: Mapped[UUID]
    attempt_id: Mapped[UUID | None]
    agent_id: Mapped[UUID]
    agent: Mapped[str]
    voicemail: Mapped[str]
    taken_at: Mapped[datetime]
    ended_at: Mapped[datetime | None]
    result: Mapped[DialEnding | None] = mapped_column(String(16))
    again_at: Mapped[datetime | None]
    said: Mapped[str]

    def is_held(self, *, at: datetime) -> bool:
        """Whether nobody else may dial for now."""
        return self.ended_at is None and not has_lapsed(self.taken_at, at=at)
