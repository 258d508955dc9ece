"""What a town's tickets have taught, and how far they have been read."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from townline.db import Base
from townline.tenancy import TenantOwned


class Wording(TenantOwned, Base):
    """How some words lean; ``id`` is their number, from which no word can be read.

    ``leanings`` maps a category to its weight, its sum of squares and its tickets.
    """

    __tablename__ = "category_wording"

    leanings: Mapped[dict[str, tuple[float, float, int]]] = mapped_column(JSONB)


class Lesson(TenantOwned, Base):
    """One row a town: the last ticket that was learnt from, and how many of each."""

    __tablename__ = "category_lesson"

    opened_at: Mapped[datetime]
    ticket_id: Mapped[UUID]
    tickets: Mapped[dict[str, int]] = mapped_column(JSONB)
