"""Who is at the desk now, what they did before, and which languages they speak.

An agent serves many towns, so these rows belong to none: like a browser's session,
they say something of an account, and nothing of any caller. What somebody did stays
when their account is closed.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import ForeignKey, ForeignKeyConstraint, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from calls.presence.rules import Chosen, State
from townline.db import Base, new_id
from townline.tenancy import TenantOwned


class AgentState(Base):
    """What an agent does now. ``chosen`` is what they go back to after a call.

    ``call_id`` is the call they are on, or have still to account for. ``seen_at`` is
    when one of their pages last answered the live stream.
    """

    __tablename__ = "agent_state"

    account_id: Mapped[UUID] = mapped_column(primary_key=True)
    state: Mapped[State] = mapped_column(String(12))
    chosen: Mapped[Chosen] = mapped_column(String(12))
    since: Mapped[datetime]
    seen_at: Mapped[datetime]
    call_town: Mapped[UUID | None]
    call_id: Mapped[UUID | None] = mapped_column(index=True)


class AgentSpell(Base):
    """What an agent did, from when until when: the staffed time of occupancy."""

    __tablename__ = "agent_spell"
    __table_args__ = (Index("ix_agent_spell_until", "account_id", "until"),)

    id: Mapped[UUID] = mapped_column(primary_key=True, default=new_id)
    account_id: Mapped[UUID]
    state: Mapped[State] = mapped_column(String(12))
    since: Mapped[datetime]
    until: Mapped[datetime]


class AgentLanguage(Base):
    """A language an agent answers in. Who has none named answers in all of them."""

    __tablename__ = "agent_language"

    account_id: Mapped[UUID] = mapped_column(ForeignKey("account.id"), primary_key=True)
    language: Mapped[str] = mapped_column(String(2), primary_key=True)


class Lapse(TenantOwned, Base):
    """A call that an agent took and nobody lifted for: it went back in line."""

    __tablename__ = "lapse"
    __table_args__ = (
        ForeignKeyConstraint(["tenant_id", "call_id"], ["call.tenant_id", "call.id"]),
        Index("ix_lapse_call", "tenant_id", "call_id"),
    )

    call_id: Mapped[UUID]
    agent_id: Mapped[UUID | None]
    agent: Mapped[str]
    at: Mapped[datetime]
