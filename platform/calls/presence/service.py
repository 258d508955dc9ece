"""How an agent's state changes: by their own key, by their calls, or by silence.

Every change takes the agent's row first, so that two that come at once follow each
other; what was before is kept as a spell.
"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import datetime
from typing import TYPE_CHECKING
from uuid import UUID

from sqlalchemy import ColumnElement, Select, delete, select, text
from sqlalchemy.dialects.postgresql import insert
from sqlalchemy.orm import Session  # noqa: TID251 - an agent belongs to no one town

from calls.presence.models import AgentLanguage, AgentSpell, AgentState, Lapse
from calls.presence.rules import (
    Chosen,
    State,
    after_a_call,
    first_choice,
    gone_before,
    works,
)
from townline.auth import Account, Person
from townline.live import CHANNEL
from townline.tenancy import TenantSession

if TYPE_CHECKING:
    from calls.models import Call

_TELL = text(
    "select pg_notify(:channel,"
    " json_build_object('town', tenant_id, 'kind', 'agents')::text)"
    " from towns_of(:account) where role in ('agent', 'supervisor')"
)


def here(session: Session, person: Person, *, at: datetime) -> AgentState:
    """One of the agent's pages is open. Whoever had gone or signed out is back."""
    row = _row(session, person, at=at)
    row.seen_at = max(row.seen_at, at)
    if row.state in {"signed_out", "away"} and row.state != row.chosen:
        _become(session, row, row.chosen, at=at)
    elif row.chosen == "signed_out":
        row.chosen = first_choice(supervises=_supervises(person))
        _become(session, row, row.chosen, at=at)
    session.flush()
    return row


def choose(
    session: Session, person: Person, chosen: Chosen, *, at: datetime
) -> AgentState:
    """Said by hand. On a call, or after one, it is what the agent goes back to."""
    row = _row(session, person, at=at)
    row.chosen, row.seen_at = chosen, max(row.seen_at, at)
    if row.state not in {"on_call", "wrap_up"} or chosen == "signed_out":
        _become(session, row, chosen, at=at)
    session.flush()
    return row


def sign_out(session: Session, person: Person, *, at: datetime) -> None:
    """Nobody at the desk has nothing to leave."""
    if person.desk_towns:
        choose(session, person, "signed_out", at=at)


def busy_with(session: Session, person: Person, *, at: datetime) -> AgentState | None:
    """The agent's row if they are on a call; until the commit they take no other."""
    row = _row(session, person, at=at)
    return row if row.state == "on_call" and row.call_id else None


def engage(db: TenantSession, call: Call, by: Person, *, at: datetime) -> None:
    """They have taken a call: whatever they said before, they work."""
    row = _row(db.session, by, at=at)
    if (before := _with_call(db.session, call)) and before is not row:
        _leave(db.session, before, at=at)
    row.chosen, row.seen_at = works(row.chosen), max(row.seen_at, at)
    _become(db.session, row, "on_call", at=at)
    row.call_town, row.call_id = db.tenant_id, call.id
    db.session.flush()


def let_go(db: TenantSession, call: Call, *, at: datetime) -> None:
    """The agent has accounted for the call."""
    if row := _with_call(db.session, call):
        _leave(db.session, row, at=at)


def lapsed(db: TenantSession, call: Call, *, at: datetime) -> None:
    """The call went back in line; the queue says whose telephone nobody lifted."""
    row = _with_call(db.session, call)
    if row is None:
        return
    name = db.session.scalar(select(Account.name).where(Account.id == row.account_id))
    lapse = Lapse(call_id=call.id, agent_id=row.account_id, agent=name or "", at=at)
    db.add(lapse)
    _leave(db.session, row, at=at)


def hung_up(db: TenantSession, call: Call, *, at: datetime) -> None:
    """The line is dead; until the call has its word the agent wraps up."""
    if call.disposition is not None:
        let_go(db, call, at=at)
    elif row := _with_call(db.session, call):
        _become(db.session, row, "wrap_up", at=at)
        db.session.flush()


def speaks(session: Session, account_id: UUID, languages: Iterable[str]) -> None:
    """Set the languages an agent answers in; none named means all."""
    session.execute(delete(AgentLanguage).where(AgentLanguage.account_id == account_id))
    session.add_all(
        AgentLanguage(account_id=account_id, language=each)
        for each in sorted(set(languages))
    )
    session.flush()
    _tell(session, account_id)


def mark_gone(session: Session, *, at: datetime) -> int:
    """Make away whoever has not been seen; who is on a call stays on it."""
    silent = (
        select(AgentState)
        .where(
            AgentState.state.in_(("ready", "break")),
            AgentState.seen_at < gone_before(at),
        )
        .with_for_update(skip_locked=True)
    )
    gone = session.scalars(silent).all()
    for row in gone:
        _become(session, row, "away", at=at)
    session.flush()
    return len(gone)


def _row(session: Session, person: Person, *, at: datetime) -> AgentState:
    """The agent's row, held until the commit; made when they first appear."""
    chosen = first_choice(supervises=_supervises(person))
    first = insert(AgentState).values(
        account_id=person.account_id, state=chosen, chosen=chosen, since=at, seen_at=at
    )
    made = session.scalar(
        first.on_conflict_do_nothing().returning(AgentState.account_id)
    )
    if made:
        _tell(session, made)
    theirs = AgentState.account_id == person.account_id
    return session.scalars(_held(theirs)).one()


def _with_call(session: Session, call: Call) -> AgentState | None:
    return session.scalar(_held(AgentState.call_id == call.id))


def _held(whose: ColumnElement[bool]) -> Select[AgentState]:
    statement = select(AgentState).where(whose).with_for_update()
    return statement.execution_options(populate_existing=True)


def _leave(session: Session, row: AgentState, *, at: datetime) -> None:
    _become(session, row, after_a_call(row.chosen), at=at)
    row.call_town = row.call_id = None
    session.flush()


def _become(session: Session, row: AgentState, state: State, *, at: datetime) -> None:
    if row.state == state:
        return
    session.add(
        AgentSpell(
            account_id=row.account_id,
            state=row.state,
            since=row.since,
            until=max(at, row.since),
        )
    )
    row.state, row.since = state, max(at, row.since)
    _tell(session, row.account_id)


def _tell(session: Session, account_id: UUID) -> None:
    """Everybody who looks at one of the agent's towns."""
    session.execute(_TELL, {"channel": CHANNEL, "account": account_id})


def _supervises(person: Person) -> bool:
    return "supervisor" in person.roles.values()
