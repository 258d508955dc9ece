"""Whom the desk owes a call: who hung up, asked for it, or left a message."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from sqlalchemy import (
    ForeignKeyConstraint,
    Index,
    SmallInteger,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from townline.db import Base
from townline.tenancy import TenantOwned

OPEN = "done_at is null"

# What came of a call back; "answered" is theirs: they rang again and were talked to.
Result = Literal[
    "reached",
    "no_answer",
    "voicemail_left",
    "invalid_number",
    "not_needed",
    "answered",
]


class CallBack(TenantOwned, Base):
    """One number to ring, however often it has called; ``call_id`` is the latest.

    ``wanted_at`` is when the caller asked for it: from then on ``call_id`` is the call
    whose place in line is kept. Without a number there is a message to hear, and
    nobody to ring.
    """

    __tablename__ = "call_back"
    __table_args__ = (
        ForeignKeyConstraint(["tenant_id", "call_id"], ["call.tenant_id", "call.id"]),
        Index(
            "uq_call_back_open",
            "tenant_id",
            "number",
            unique=True,
            postgresql_where=text(OPEN),
        ),
        Index("ix_call_back_open", "tenant_id", "since", postgresql_where=text(OPEN)),
        Index("ix_call_back_call", "tenant_id", "call_id"),
    )

    call_id: Mapped[UUID]
    number: Mapped[str | None] = mapped_column(String(16))
    line: Mapped[str] = mapped_column(String(16))
    language: Mapped[str] = mapped_column(String(2))
    since: Mapped[datetime]
    last_at: Mapped[datetime]
    times: Mapped[int] = mapped_column(SmallInteger)
    longest_wait: Mapped[int]  # in seconds: under ten it was a misdial
    wanted_at: Mapped[datetime | None]
    tries: Mapped[int] = mapped_column(SmallInteger, default=0)
    tried_at: Mapped[datetime | None]
    claimed_by: Mapped[UUID | None]
    claimed_by_name: Mapped[str | None]
    claimed_at: Mapped[datetime | None]
    result: Mapped[Result | None] = mapped_column(String(20))
    done_at: Mapped[datetime | None]
    done_by: Mapped[str | None]


class Voicemail(TenantOwned, Base):
    """What a caller said after the beep. The transcript is a machine's, if any."""

    __tablename__ = "voicemail"
    __table_args__ = (
        UniqueConstraint("tenant_id", "recording_sid"),
        ForeignKeyConstraint(["tenant_id", "call_id"], ["call.tenant_id", "call.id"]),
        ForeignKeyConstraint(
            ["tenant_id", "call_back_id"], ["call_back.tenant_id", "call_back.id"]
        ),
        Index("ix_voicemail_call_back", "tenant_id", "call_back_id"),
        Index("ix_voicemail_call", "tenant_id", "call_id"),
    )

    call_id: Mapped[UUID]
    call_back_id: Mapped[UUID]
    recording_sid: Mapped[str] = mapped_column(String(34))
    recording_url: Mapped[str]
    seconds: Mapped[int]
    left_at: Mapped[datetime]
    transcript: Mapped[str | None]


class Announcement(TenantOwned, Base):
    """What every caller of the town is told on entering the line, until it ends."""

    __tablename__ = "announcement"
    __table_args__ = (Index("ix_announcement_ends", "tenant_id", "ends_at"),)

    en: Mapped[str]
    fr: Mapped[str]
    starts_at: Mapped[datetime]
    ends_at: Mapped[datetime]
    by: Mapped[str]
