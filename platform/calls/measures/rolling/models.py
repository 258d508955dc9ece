"""What is kept of an hour's calls, and from when until when it is kept."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from calls.rules.dispositions import Disposition
from townline.db import Base
from townline.tenancy import TenantOwned


class RolledSpan(TenantOwned, Base):
    """All of a town's hours between these are kept, but those with a late fact.

    ``since`` also says at which minute the town's hours begin: Newfoundland's do
    half past.
    """

    __tablename__ = "rolled_span"
    __table_args__ = (UniqueConstraint("tenant_id"),)

    threshold: Mapped[int]
    since: Mapped[datetime]
    until: Mapped[datetime]


class RolledHour(TenantOwned, Base):
    """The tally of one agent in one hour, or of the calls that nobody took.

    ``threshold`` is what was in time; a town that changes its own is counted anew.
    """

    __tablename__ = "rolled_hour"
    __table_args__ = (Index("ix_rolled_hour_hour", "tenant_id", "threshold", "hour"),)

    threshold: Mapped[int]
    hour: Mapped[datetime]
    agent_id: Mapped[UUID | None]
    agent: Mapped[str | None]
    answered: Mapped[int]
    answered_in_time: Mapped[int]
    abandoned: Mapped[int]
    abandoned_in_time: Mapped[int]
    short: Mapped[int]
    in_menu: Mapped[int]
    excluded: Mapped[int]
    waited: Mapped[float]
    talked: Mapped[float]
    held: Mapped[float]
    wrapped_up: Mapped[float]
    transferred: Mapped[int]
    contacts: Mapped[int]
    resolved: Mapped[int]


class RolledEnding(TenantOwned, Base):
    """How many calls of an hour ended in one way."""

    __tablename__ = "rolled_ending"
    __table_args__ = (Index("ix_rolled_ending_hour", "tenant_id", "hour"),)

    hour: Mapped[datetime]
    disposition: Mapped[Disposition] = mapped_column(String(20))
    calls: Mapped[int]
