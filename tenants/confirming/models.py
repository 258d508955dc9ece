"""The codes that were sent to destinations of the town's contacts."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import Index, LargeBinary, SmallInteger, String
from sqlalchemy.orm import Mapped, mapped_column

from townline.db import Base
from townline.tenancy import TenantOwned


class DestinationCode(TenantOwned, Base):
    """One code; ``contact`` is a key of the town's rules, as they are being edited.

    The code itself is in the message that carries it, and here only its digest.
    """

    __tablename__ = "destination_code"
    __table_args__ = (
        Index("ix_destination_code_sent", "tenant_id", "destination", "sent_at"),
    )

    contact: Mapped[str] = mapped_column(String(40))
    destination: Mapped[str]
    digest: Mapped[bytes] = mapped_column(LargeBinary)
    sent_by: Mapped[str]
    sent_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    tries: Mapped[int] = mapped_column(SmallInteger, default=0)
    used_at: Mapped[datetime | None]
