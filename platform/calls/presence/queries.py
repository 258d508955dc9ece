"""Who is free for a town's callers, and what everybody at the desk does."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import func, select
from sqlalchemy.orm import Session  # noqa: TID251 - an agent belongs to no one town

from calls.presence.models import AgentLanguage, AgentState
from calls.presence.rules import gone_before
from townline.auth.models import TownAccess
from townline.auth.rules import DESK


def agents_free(session: Session, tenant_id: UUID, at: datetime) -> int:
    """How many could take this town's next caller at once. The session is its own."""
    statement = (
        select(func.count())
        .select_from(AgentState)
        .join(TownAccess, TownAccess.account_id == AgentState.account_id)
        .where(
            TownAccess.tenant_id == tenant_id,
            TownAccess.role.in_(DESK),
            AgentState.state == "ready",
            AgentState.seen_at >= gone_before(at),
        )
    )
    return session.scalar(statement) or 0


def languages_of(session: Session, account_id: UUID) -> frozenset[str]:
    """Empty where nobody has said: then the agent answers in all of them."""
    spoken = select(AgentLanguage.language).where(
        AgentLanguage.account_id == account_id
    )
    return frozenset(session.scalars(spoken))


def state_of(session: Session, account_id: UUID) -> AgentState | None:
    return session.get(AgentState, account_id)
