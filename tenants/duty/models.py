"""Shifts that wait for an answer, and calendars that read without signing in."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from townline.db import Base
from townline.tenancy import TenantOwned

# A key of the town's file, and a wall time as "2026-02-09T07:00".
KEY, WALL = 40, 16


class RosterSwap(TenantOwned, Base):
    """One contact is asked to take another's shift, perhaps for one of their own.

    Times are the town's wall times, as in its file: an instant would move with a
    change of clocks. ``answer`` is accepted, declined or withdrawn.
    """

    __tablename__ = "roster_swap"
    __table_args__ = (UniqueConstraint("tenant_id", "digest"),)

    roster: Mapped[str] = mapped_column(String(KEY))
    giver: Mapped[str] = mapped_column(String(KEY))
    taker: Mapped[str] = mapped_column(String(KEY))
    starts: Mapped[str] = mapped_column(String(WALL))
    ends: Mapped[str] = mapped_column(String(WALL))
    back_starts: Mapped[str | None] = mapped_column(String(WALL))
    back_ends: Mapped[str | None] = mapped_column(String(WALL))
    words: Mapped[str]
    digest: Mapped[bytes] = mapped_column(LargeBinary)
    asked_by: Mapped[str]
    asked_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    answer: Mapped[str | None] = mapped_column(String(9))
    answered_by: Mapped[str | None]
    answered_at: Mapped[datetime | None]


class RosterFeed(TenantOwned, Base):
    """An address that somebody's calendar reads; its secret itself is kept nowhere.

    ``kind`` is a roster or a contact, ``key`` which of them.
    """

    __tablename__ = "roster_feed"
    __table_args__ = (UniqueConstraint("tenant_id", "digest"),)

    kind: Mapped[str] = mapped_column(String(7))
    key: Mapped[str] = mapped_column(String(KEY))
    language: Mapped[str] = mapped_column(String(2))
    digest: Mapped[bytes] = mapped_column(LargeBinary)
    account_id: Mapped[UUID]
    given_by: Mapped[str]
    given_at: Mapped[datetime]
    revoked_by: Mapped[str | None]
    revoked_at: Mapped[datetime | None]
