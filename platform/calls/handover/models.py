"""A desk that goes from one shift to the next, signed by both, town by town."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import CheckConstraint, Index, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from townline.db import Base
from townline.tenancy import TenantOwned


class Handover(TenantOwned, Base):
    """One town's part of a handover; all parts of one share ``shift_id``.

    ``standing`` is what the board showed when the outgoing agent signed: each thing
    by its key, with the words it was shown in.
    """

    __tablename__ = "handover"
    __table_args__ = (
        UniqueConstraint("tenant_id", "shift_id"),
        CheckConstraint("incoming_id <> outgoing_id", name="two_people"),
        Index("ix_handover_newest", "tenant_id", "outgoing_at"),
    )

    shift_id: Mapped[UUID]
    outgoing_id: Mapped[UUID]
    outgoing: Mapped[str]
    outgoing_at: Mapped[datetime]
    standing: Mapped[dict[str, str]] = mapped_column(JSONB)
    incoming_id: Mapped[UUID | None]
    incoming: Mapped[str | None]
    incoming_at: Mapped[datetime | None]


class HandoverNote(TenantOwned, Base):
    """A word for whoever comes next, about one town; read until both have signed."""

    __tablename__ = "handover_note"
    __table_args__ = (Index("ix_handover_note_newest", "tenant_id", "written_at"),)

    body: Mapped[str]
    author_id: Mapped[UUID]
    author: Mapped[str]
    written_at: Mapped[datetime]
