"""What may become of a ticket once it is open: who has it, and what it turned into."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

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
