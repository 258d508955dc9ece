"""Who else is or was on the line: agents, departments, 911, and other numbers."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from townline.db import Base
from townline.tenancy import TenantOwned

Kind = Literal["agent", "emergency", "contact", "neighbour", "number"]
# Why somebody was rung: to answer, to be talked to before the caller is, to have
# the caller at once, or to be on the line with both.
Purpose = Literal["answer", "warm", "cold", "conference"]
# How it ended for them; a leg that never joined was not reached.
Outcome = Literal["left", "dropped", "busy", "no-answer", "failed", "canceled"]


class Leg(TenantOwned, Base):
    """Asked for before the exchange is: without a ``sid`` nobody may be ringing."""

    __tablename__ = "call_leg"
    __table_args__ = (
        ForeignKeyConstraint(["tenant_id", "call_id"], ["call.tenant_id", "call.id"]),
        Index("ix_call_leg_call", "tenant_id", "call_id"),
    )

    call_id: Mapped[UUID]
    kind: Mapped[Kind] = mapped_column(String(12))
    purpose: Mapped[Purpose] = mapped_column(String(12))
    name: Mapped[str]
    number: Mapped[str]
    sid: Mapped[str | None] = mapped_column(String(64))
    asked_at: Mapped[datetime]
    asked_by: Mapped[str]
    joined_at: Mapped[datetime | None]
    left_at: Mapped[datetime | None]
    outcome: Mapped[Outcome | None] = mapped_column(String(12))
