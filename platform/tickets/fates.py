"""What may become of a ticket once it is open: who has it, and what it turned into."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import (
    ForeignKey,
    ForeignKeyConstraint,
    Index,
    String,
    UniqueConstraint,
)
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from tickets.terms import Reason
from townline.db import Base
from townline.tenancy import TenantOwned


class Assignment(TenantOwned, Base):
    """Who of the town's people looks after a ticket now; the log has who did before.

    ``name`` is as it was when they got it: whoever has left the town is still named.
    """

    __tablename__ = "assignment"
    __table_args__ = (
        ForeignKeyConstraint(
            ["tenant_id", "ticket_id"], ["ticket.tenant_id", "ticket.id"]
        ),
        UniqueConstraint("tenant_id", "ticket_id"),
        Index("ix_assignment_account", "tenant_id", "account_id", "ticket_id"),
    )

    ticket_id: Mapped[UUID]
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    name: Mapped[str]
    by: Mapped[str]
    at: Mapped[datetime]


class Reopening(TenantOwned, Base):
    """A closing that did not hold, kept as it was; the ticket's own rows begin anew.

    ``reached`` has the crew's words until then, as ISO 8601 by their kind.
    """

    __tablename__ = "reopening"
    __table_args__ = (
        ForeignKeyConstraint(
            ["tenant_id", "ticket_id"], ["ticket.tenant_id", "ticket.id"]
        ),
        Index("ix_reopening_ticket", "tenant_id", "ticket_id", "at"),
    )

    ticket_id: Mapped[UUID]
    reason: Mapped[str]
    by: Mapped[str]
    at: Mapped[datetime]
    closed_as: Mapped[Reason] = mapped_column(String(16))
    closing_note: Mapped[str]
    closed_by: Mapped[str]
    closed_at: Mapped[datetime]
    promised_at: Mapped[datetime]
    promise: Mapped[str]
    reached: Mapped[dict[str, str]] = mapped_column(JSONB)


class Merging(TenantOwned, Base):
    """A ticket that goes on under another's number, and who was taken along."""

    __tablename__ = "merging"
    __table_args__ = (
        ForeignKeyConstraint(
            ["tenant_id", "ticket_id"], ["ticket.tenant_id", "ticket.id"]
        ),
        ForeignKeyConstraint(
            ["tenant_id", "into_id"],
            ["ticket.tenant_id", "ticket.id"],
            name="fk_merging_into",
        ),
        UniqueConstraint("tenant_id", "ticket_id"),
        Index("ix_merging_into", "tenant_id", "into_id"),
    )

    ticket_id: Mapped[UUID]
    into_id: Mapped[UUID]
    reporters: Mapped[list[str]] = mapped_column(JSONB)
    by: Mapped[str]
    at: Mapped[datetime]
