"""The towns, the versions of their rules, and which town a number belongs to."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, Integer, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from townline.db import Base, new_id
from townline.tenancy import TenantOwned


class Tenant(Base):
    """A municipality. A reference table: it stays cold, and says nothing private."""

    __tablename__ = "tenant"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    slug: Mapped[str] = mapped_column(String(40), unique=True)
    prefix: Mapped[str] = mapped_column(String(3), unique=True)
    name: Mapped[str]
    created_at: Mapped[datetime]


class TownVersion(TenantOwned, Base):
    """One published version of a town's file, to the letter; never changed."""

    __tablename__ = "town_version"
    __table_args__ = (UniqueConstraint("tenant_id", "number"),)

    number: Mapped[int] = mapped_column(Integer)
    body: Mapped[str]
    digest: Mapped[bytes] = mapped_column(LargeBinary)
    author: Mapped[str]
    reason: Mapped[str]
    published_at: Mapped[datetime]


class Line(Base):
    """Whose number this is: known before any town is, so it is a global catalogue."""

    __tablename__ = "line"

    number: Mapped[str] = mapped_column(String(16), primary_key=True)
    tenant_id: Mapped[UUID] = mapped_column(ForeignKey("tenant.id"), index=True)
