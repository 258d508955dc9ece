"""Accounts and sessions are the operator's; which town they serve is the town's."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from townline.db import Base, new_id
from townline.tenancy import TenantOwned

Role = Literal["agent", "supervisor", "manager", "staff"]


class Account(Base):
    """Somebody who signs in. ``extension`` is the phone a call is put through to."""

    __tablename__ = "account"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    email: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    password: Mapped[str]  # an argon2id hash, never the word itself
    language: Mapped[str | None] = mapped_column(String(2))
    extension: Mapped[str | None]


class TownAccess(TenantOwned, Base):
    """An account's role in one town; an agent has one for every town served."""

    __tablename__ = "town_access"
    __table_args__ = (UniqueConstraint("tenant_id", "account_id"),)

    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    role: Mapped[Role] = mapped_column(String(12))
    granted_at: Mapped[datetime]


class LoginSession(Base):
    """A browser that has signed in. Only the digest of its cookie is kept."""

    __tablename__ = "login_session"

    digest: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"), index=True)
    opened_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    browser: Mapped[str]


class LoginAttempt(Base):
    """A failed try; counting these is the rate limit, in every process alike."""

    __tablename__ = "login_attempt"
    __table_args__ = (
        Index("ix_login_attempt_email", "email", "at"),
        Index("ix_login_attempt_address", "address", "at"),
    )

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    email: Mapped[str]
    address: Mapped[str]
    at: Mapped[datetime]
