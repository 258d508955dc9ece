"""The tables of what is shared: a rate among messages, a message among tickets."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    ForeignKeyConstraint,
    Index,
    SmallInteger,
    String,
    UniqueConstraint,
)
from sqlalchemy.orm import Mapped, mapped_column

from townline.db import Base
from townline.tenancy import TenantOwned


class Throttle(TenantOwned, Base):
    """A bucket of tokens, as the last who asked left it; without a row it is full.

    Every row is one town's, an account's too: what all towns share is divided among
    those that have something to say, so that no row is everybody's.
    """

    __tablename__ = "throttle"
    __table_args__ = (UniqueConstraint("tenant_id", "key"),)

    key: Mapped[str]
    rate: Mapped[float]
    burst: Mapped[float]
    gather: Mapped[float]
    level: Mapped[float]
    # What the last who asked wanted, and got.
    wanted: Mapped[int]
    granted: Mapped[int]
    asked_at: Mapped[datetime]
    booked_until: Mapped[datetime]


class Carried(TenantOwned, Base):
    """One ticket's line in a message that was sent for another; it opens its own page.

    ``number`` is the promise's own try that this was, as if it had gone alone.
    """

    __tablename__ = "carried"
    __table_args__ = (
        UniqueConstraint("tenant_id", "token"),
        ForeignKeyConstraint(
            ["tenant_id", "attempt_id"], ["attempt.tenant_id", "attempt.id"]
        ),
        ForeignKeyConstraint(
            ["tenant_id", "notification_id"],
            ["notification.tenant_id", "notification.id"],
        ),
        Index("ix_carried_attempt", "tenant_id", "attempt_id"),
        Index("ix_carried_notification", "tenant_id", "notification_id"),
    )

    attempt_id: Mapped[UUID]
    notification_id: Mapped[UUID]
    number: Mapped[int] = mapped_column(SmallInteger)
    token: Mapped[str] = mapped_column(String(12))
