"""Accounts and sessions are the operator's; which town they serve is the town's."""

from __future__ import annotations

from datetime import datetime
from typing import Literal
from uuid import UUID

from sqlalchemy import ForeignKey, Index, LargeBinary, String, UniqueConstraint
from sqlalchemy.dialects.postgresql import JSONB
from sqlalchemy.orm import Mapped, mapped_column

from townline.db import Base, new_id
from townline.tenancy import TenantOwned

Role = Literal[
    "agent",
    "supervisor",
    "administrator",
    "manager",
    "dispatcher",
    "lead",
    "viewer",
]
# What a browser that gave the right password still has to do.
Stage = Literal["open", "code", "enrol"]


class Account(Base):
    """Somebody who signs in. ``extension`` is the phone a call is put through to.

    ``second_factor`` is the sealed secret of their authenticator, trusted since
    ``second_factor_at``; ``last_step`` is the last half minute whose code was used.
    """

    __tablename__ = "account"

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    email: Mapped[str] = mapped_column(unique=True)
    name: Mapped[str]
    password: Mapped[str]  # an argon2id hash, never the word itself
    language: Mapped[str | None] = mapped_column(String(2))
    extension: Mapped[str | None]
    second_factor: Mapped[str | None]
    second_factor_at: Mapped[datetime | None]
    last_step: Mapped[int | None]


class RecoveryCode(Base):
    """Ten for whoever has lost their telephone; each opens the door once."""

    __tablename__ = "recovery_code"
    __table_args__ = (UniqueConstraint("account_id", "digest"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    digest: Mapped[bytes] = mapped_column(LargeBinary)
    used_at: Mapped[datetime | None]


class TownAccess(TenantOwned, Base):
    """An account's role in one town; an agent has one for every town served.

    ``departments`` are those whose tickets they see; None is all of them.
    """

    __tablename__ = "town_access"
    __table_args__ = (UniqueConstraint("tenant_id", "account_id"),)

    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"))
    role: Mapped[Role] = mapped_column(String(16))
    departments: Mapped[list[str] | None] = mapped_column(JSONB)
    granted_at: Mapped[datetime]


class Invitation(TenantOwned, Base):
    """A role that waits for somebody, and the digest of the link they were sent.

    Sent again, it has another link, and the one before opens nothing.
    """

    __tablename__ = "invitation_to_join"
    __table_args__ = (UniqueConstraint("tenant_id", "digest"),)

    email: Mapped[str]
    name: Mapped[str]
    role: Mapped[Role] = mapped_column(String(16))
    departments: Mapped[list[str] | None] = mapped_column(JSONB)
    # Further towns in which the operator's people have the same role.
    also: Mapped[list[str] | None] = mapped_column(JSONB)
    language: Mapped[str] = mapped_column(String(2))
    digest: Mapped[bytes] = mapped_column(LargeBinary)
    invited_by: Mapped[str]
    invited_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    times_sent: Mapped[int]
    accepted_at: Mapped[datetime | None]
    withdrawn_at: Mapped[datetime | None]


class ApiKey(TenantOwned, Base):
    """What a program shows instead of signing in; only its digest is kept.

    ``departments`` are those whose tickets it opens; None is all of them. A key is
    never changed but to be used and to be revoked.
    """

    __tablename__ = "api_key"
    __table_args__ = (UniqueConstraint("tenant_id", "digest"),)

    name: Mapped[str]
    digest: Mapped[bytes] = mapped_column(LargeBinary)
    # Its last letters, by which whoever has it in a program tells it from another.
    ending: Mapped[str] = mapped_column(String(4))
    scopes: Mapped[list[str]] = mapped_column(JSONB)
    departments: Mapped[list[str] | None] = mapped_column(JSONB)
    made_by: Mapped[str]
    made_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    last_used_at: Mapped[datetime | None]
    revoked_at: Mapped[datetime | None]
    revoked_by: Mapped[str | None]


class LoginSession(Base):
    """A browser that has signed in. Only the digest of its cookie is kept.

    Until ``stage`` is open it shows nothing: a code is awaited, or an authenticator
    has to be set up first. ``id`` names it where it is ended from another browser.
    """

    __tablename__ = "login_session"

    digest: Mapped[bytes] = mapped_column(LargeBinary, primary_key=True)
    id: Mapped[UUID] = mapped_column(default=new_id, unique=True)
    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"), index=True)
    opened_at: Mapped[datetime]
    expires_at: Mapped[datetime]
    browser: Mapped[str]
    address: Mapped[str]
    stage: Mapped[Stage] = mapped_column(String(8))
    # Let in by a town's own provider, whose word holds for that town alone.
    only_town: Mapped[UUID | None]


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
