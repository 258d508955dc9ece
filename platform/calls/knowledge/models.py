"""An article that was told on a call."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKeyConstraint, Index, String, UniqueConstraint
from sqlalchemy.dialects.postgresql import ARRAY
from sqlalchemy.orm import Mapped, mapped_column

from townline.db import Base
from townline.tenancy import TenantOwned


class ArticleUse(TenantOwned, Base):
    """Once a call and article; ``answered`` is what the caller made of it, last asked.

    ``topics`` are the categories the article was on when it was told.
    """

    __tablename__ = "article_use"
    __table_args__ = (
        ForeignKeyConstraint(["tenant_id", "call_id"], ["call.tenant_id", "call.id"]),
        UniqueConstraint("tenant_id", "call_id", "article"),
        Index("ix_article_use_at", "tenant_id", "at"),
    )

    call_id: Mapped[UUID]
    article: Mapped[str] = mapped_column(String(40))
    version_id: Mapped[UUID]
    topics: Mapped[list[str]] = mapped_column(ARRAY(String(40)))
    at: Mapped[datetime]
    by: Mapped[str]
    answered: Mapped[bool]
