"""What is planned after a ticket opens and closes, and what residents answered."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from sqlalchemy import (
    CheckConstraint,
    ForeignKeyConstraint,
    Index,
    LargeBinary,
    SmallInteger,
    String,
    UniqueConstraint,
    text,
)
from sqlalchemy.orm import Mapped, mapped_column

from townline.db import Base
from townline.tenancy import TenantOwned

FollowUpKind = Literal["remind_holder", "tell_resident", "call_back"]
TaskKind = Literal["open_ticket", "bad_score", "not_reached"]
Channel = Literal["sms", "email"]
Solved = Literal["yes", "partly", "no"]


class FollowUp(TenantOwned, Base):
    """An open ticket is taken up again at ``due_at``, unless it closes first."""

    __tablename__ = "follow_up"
    __table_args__ = (
        ForeignKeyConstraint(
            ["tenant_id", "ticket_id"], ["ticket.tenant_id", "ticket.id"]
        ),
        UniqueConstraint("tenant_id", "ticket_id", "kind"),
        Index(
            "ix_follow_up_due",
            "tenant_id",
            "due_at",
            postgresql_where=text("done_at is null"),
        ),
    )

    ticket_id: Mapped[UUID]
    kind: Mapped[FollowUpKind] = mapped_column(String(16))
    due_at: Mapped[datetime]
    done_at: Mapped[datetime | None]
    outcome: Mapped[str | None] = mapped_column(String(16))


class Task(TenantOwned, Base):
    """A call the desk owes a resident. One cause makes one task.

    ``cause_id`` is the follow-up, the response or the message that asks for the call.
    Who left no number is answered in writing; their ticket says where.
    """

    __tablename__ = "task"
    __table_args__ = (
        ForeignKeyConstraint(
            ["tenant_id", "ticket_id"], ["ticket.tenant_id", "ticket.id"]
        ),
        ForeignKeyConstraint(
            ["tenant_id", "reporter_id"], ["reporter.tenant_id", "reporter.id"]
        ),
        UniqueConstraint("tenant_id", "cause_id"),
        Index(
            "ix_task_open",
            "tenant_id",
            "due_at",
            postgresql_where=text("done_at is null"),
        ),
        Index("ix_task_ticket", "tenant_id", "ticket_id"),
    )

    ticket_id: Mapped[UUID]
    reporter_id: Mapped[UUID]
    cause_id: Mapped[UUID]
    kind: Mapped[TaskKind] = mapped_column(String(16))
    phone: Mapped[str | None] = mapped_column(String(16))
    language: Mapped[str] = mapped_column(String(2))
    script: Mapped[str]
    due_at: Mapped[datetime]
    tries: Mapped[int] = mapped_column(SmallInteger)
    done_at: Mapped[datetime | None]
    done_by: Mapped[str | None]
    result: Mapped[str | None] = mapped_column(String(16))


class Respondent(TenantOwned, Base):
    """A number or address that was asked; the row that keeps it from being asked again.

    Whoever plans an invitation moves ``asked_at`` by compare-and-set, so that two
    tickets closed at the same moment ask their common reporter once.
    """

    __tablename__ = "respondent"
    __table_args__ = (UniqueConstraint("tenant_id", "destination"),)

    destination: Mapped[str]
    asked_at: Mapped[datetime | None]
    refused_at: Mapped[datetime | None]


class Invitation(TenantOwned, Base):
    """One reporter is asked about one closed ticket; of the token we keep a digest."""

    __tablename__ = "invitation"
    __table_args__ = (
        ForeignKeyConstraint(
            ["tenant_id", "ticket_id"], ["ticket.tenant_id", "ticket.id"]
        ),
        ForeignKeyConstraint(
            ["tenant_id", "reporter_id"], ["reporter.tenant_id", "reporter.id"]
        ),
        UniqueConstraint("tenant_id", "ticket_id", "reporter_id"),
        UniqueConstraint("tenant_id", "token_digest"),
        Index(
            "ix_invitation_due",
            "tenant_id",
            "due_at",
            postgresql_where=text("sent_at is null"),
        ),
        Index("ix_invitation_sent", "tenant_id", "sent_at"),
    )

    ticket_id: Mapped[UUID]
    reporter_id: Mapped[UUID]
    channel: Mapped[Channel] = mapped_column(String(8))
    destination: Mapped[str]
    language: Mapped[str] = mapped_column(String(2))
    due_at: Mapped[datetime]
    token_digest: Mapped[bytes | None] = mapped_column(LargeBinary)
    sent_at: Mapped[datetime | None]
    answered_at: Mapped[datetime | None]


class Response(TenantOwned, Base):
    """What one resident thought of one ticket."""

    __tablename__ = "response"
    __table_args__ = (
        ForeignKeyConstraint(
            ["tenant_id", "invitation_id"], ["invitation.tenant_id", "invitation.id"]
        ),
        UniqueConstraint("tenant_id", "invitation_id"),
        Index("ix_response_at", "tenant_id", "at"),
        CheckConstraint("score between 1 and 5", name="score"),
    )

    invitation_id: Mapped[UUID]
    solved: Mapped[Solved] = mapped_column(String(8))
    score: Mapped[int] = mapped_column(SmallInteger)
    comment: Mapped[str]
    at: Mapped[datetime]
