"""Who is free for a town's callers, and what everybody at the desk does."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import datetime
from typing import Any
from uuid import UUID

from msgspec import Struct
from sqlalchemy import Executable, Uuid, and_, case, column, func, select
from sqlalchemy.orm import Session  # noqa: TID251 - an agent belongs to no one town

from calls.presence.models import AgentLanguage, AgentState
from calls.presence.rules import State, gone_before
from townline.auth.models import Account, TownAccess
from townline.auth.rules import DESK


class AtDesk(Struct, frozen=True, kw_only=True):
    """Somebody who serves towns of this board, whatever they do; None never came."""

    account_id: UUID
    name: str
    towns: tuple[UUID, ...]
    languages: tuple[str, ...]
    state: State | None
    since: datetime | None
    call_town: UUID | None
    call_id: UUID | None

    @property
    def is_here(self) -> bool:
        return self.state not in {None, "signed_out"}


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


def at_desk(session: Session, *, at: datetime) -> Sequence[AtDesk]:
    """Who serves the towns of a board session, by name, asked for all at once."""
    rows: Iterable[Any] = session.execute(_everybody(at=at))
    return [
        AtDesk(
            account_id=id,
            name=name,
            towns=tuple(towns),
            languages=tuple(sorted(languages or ())),
            state=state,
            since=since,
            call_town=call_town,
            call_id=call_id,
        )
        for id, name, towns, languages, state, since, call_town, call_id in rows
    ]


def _everybody(*, at: datetime) -> Executable:
    """Who has not been seen is away already, before any job has said so."""
    held = func.desk_access().table_valued(
        column("account_id", Uuid()), column("tenant_id", Uuid())
    )
    unseen = and_(
        AgentState.seen_at < gone_before(at), AgentState.state.in_(("ready", "break"))
    )
    spoken = (
        select(func.array_agg(AgentLanguage.language))
        .where(AgentLanguage.account_id == Account.id)
        .scalar_subquery()
    )
    shown = (
        Account.id,
        Account.name,
        func.array_agg(held.c.tenant_id),
        spoken,
        case((unseen, "away"), else_=AgentState.state),
        AgentState.since,
        AgentState.call_town,
        AgentState.call_id,
    )
    return (
        select(*shown)
        .select_from(held)
        .join(Account, Account.id == held.c.account_id)
        .outerjoin(AgentState, AgentState.account_id == Account.id)
        .group_by(Account.id, AgentState.account_id)
        .order_by(Account.name, Account.id)
    )
