"""Which versions touch the agents, and who of them has read what they changed."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, Integer, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from townline.db import Base
from townline.tenancy import TenantOwned


class VersionNews(TenantOwned, Base):
    """``touches`` are the fields of the town that agents go by and it changed."""

    __tablename__ = "version_news"
    __table_args__ = (
        ForeignKeyConstraint(
            ["tenant_id", "version_id"],
            ["town_version.tenant_id", "town_version.id"],
            name="fk_version_news_version",
        ),
        ForeignKeyConstraint(
            ["tenant_id", "before_id"],
            ["town_version.tenant_id", "town_version.id"],
            name="fk_version_news_before",
        ),
        UniqueConstraint("tenant_id", "number", name="uq_version_news_number"),
    )

    number: Mapped[int] = mapped_column(Integer)
    version_id: Mapped[UUID]
    before_id: Mapped[UUID]
    touches: Mapped[str]
    published_at: Mapped[datetime]


class VersionReceipt(TenantOwned, Base):
    """An agent has read what a version changed."""

    __tablename__ = "version_receipt"
    __table_args__ = (
        UniqueConstraint(
            "tenant_id", "number", "account_id", name="uq_version_receipt_reader"
        ),
    )

    number: Mapped[int] = mapped_column(Integer)
    account_id: Mapped[UUID]
    reader: Mapped[str]
    read_at: Mapped[datetime]
