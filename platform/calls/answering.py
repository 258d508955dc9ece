"""The life of a call: it arrives, is taken, is connected, and ends."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import ColumnElement, or_
from sqlalchemy.dialects.postgresql import insert

from calls import late, presence, returning
from calls.changes import change, tell
from calls.errors import CallAlreadyTaken, CallerHungUp
from calls.models import Call
from calls.rules.callers import known
from calls.rules.claims import stale_before
from calls.rules.queueing import NORMAL
from townline import live
from townline.auth import Person
from townline.db import new_id
from townline.errors import NotFound
from townline.proof import Actor
from townline.tenancy import TenantSession


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """Who rings, at which of the town's numbers, and in which language to begin."""

    sid: str
    line: str
    caller: str
    language: str


def arrive(
    db: TenantSession, sid: str, *, line: str, caller: str, language: str, at: datetime
) -> Call:
    """Straight in line: the call of whoever is led to no menu first."""
    arrival = Arrival(sid=sid, line=line, caller=caller, language=language)
    return queue(db, ring(db, arrival, at=at), at=at)


def ring(db: TenantSession, arrival: Arrival, *, at: datetime) -> Call:
    """The call with this ``sid``; told of it again, the exchange finds the first."""
    statement = insert(Call).values(
        tenant_id=db.tenant_id,
        id=new_id(),
        sid=arrival.sid,
        line=arrival.line,
        caller=known(arrival.caller),
        language=arrival.language,
        arrived_at=at,
    )
    arrived = db.session.scalar(statement.on_conflict_do_nothing().returning(Call.id))
    call = by_sid(db, arrival.sid)
    if arrived:
        withheld = call.caller is None
        tell(db, "call.arrived", call, at=at, line=arrival.line, withheld=withheld)
    return call


def queue(
    db: TenantSession, call: Call, *, priority: int = NORMAL, at: datetime
) -> Call:
    """The caller waits for a person from now on; told again, since the first time."""
    new = (Call.queued_at.is_(None), Call.ended_at.is_(None))
    queued = change(db, call.id, *new, queued_at=at, priority=priority)
    if queued is None:
        return call
    if at > call.arrived_at or priority != NORMAL:
        tell(db, "call.queued", queued, at=at, priority=priority)
    else:
        late.changed(db, queued)
        live.announce(db, "calls")
    return queued


def by_sid(db: TenantSession, sid: str) -> Call:
    found = db.session.scalar(db.rows(Call).where(Call.sid == sid))
    if found is None:
        raise NotFound
    return found


def speak(db: TenantSession, sid: str, *, language: str) -> Call:
    """Go on in the language that the caller has chosen."""
    call = by_sid(db, sid)
    call.language = language
    db.session.flush()
    live.announce(db, "calls")
    return call


def claim(db: TenantSession, call_id: UUID, *, by: Person, at: datetime) -> Call:
    """Take the call before anybody else does; a second click takes nothing more.

    Commit it before ``connect``: two agents must never be rung for one caller.
    """
    if not by.serves(db.tenant_id):
        raise NotFound
    taken = change(
        db,
        call_id,
        Call.ended_at.is_(None),
        Call.connected_at.is_(None),
        or_(Call.claimed_at.is_(None), Call.claimed_at < stale_before(at)),
        claimed_by=by.account_id,
        claimed_by_name=by.name,
        claimed_at=at,
    )
    if taken is None:
        return _mine(db.get(Call, call_id, lock=True), by)
    presence.engage(db, taken, by, at=at)
    tell(db, "call.claimed", taken, by=Actor("agent", by.name), at=at)
    return taken


def connected(db: TenantSession, call_id: UUID, *, at: datetime) -> Call:
    """The agent has picked up: from now on the call is nobody else's."""
    call = change(
        db,
        call_id,
        Call.claimed_by.is_not(None),
        Call.connected_at.is_(None),
        connected_at=at,
    )
    if call is None:
        return db.get(Call, call_id)
    agent = Actor("agent", call.claimed_by_name or "")
    tell(db, "call.connected", call, by=agent, at=at, waited=_seconds(call, at))
    returning.settle(db, call, at=at)
    return call


def release(db: TenantSession, call_id: UUID, *, at: datetime) -> None:
    """Back in line: the agent who took it could not be rung."""
    _put_back(db, call_id, Call.connected_at.is_(None), at=at)


def expire(db: TenantSession, call_id: UUID, *, at: datetime) -> None:
    """Back in line: three quarters of a minute, and nobody has lifted."""
    stale = Call.claimed_at < stale_before(at)
    _put_back(db, call_id, Call.connected_at.is_(None), stale, at=at)


def requeue(db: TenantSession, call_id: UUID, *, at: datetime) -> None:
    """Back in line, even if a phone was lifted: nobody has talked to the caller."""
    _put_back(db, call_id, at=at)


def end(db: TenantSession, sid: str, *, at: datetime) -> Call:
    """The line is dead. Whoever was never connected has been missed."""
    call = by_sid(db, sid)
    ended = change(db, call.id, Call.ended_at.is_(None), ended_at=at)
    if ended is None:
        return call
    presence.hung_up(db, ended, at=at)
    answered = ended.connected_at is not None
    lasted = _seconds(ended, at)
    tell(db, "call.ended", ended, at=at, answered=answered, lasted=lasted)
    if not answered:
        returning.over(db, ended, at=at)
    return ended


def _put_back(
    db: TenantSession, call_id: UUID, *expected: ColumnElement[bool], at: datetime
) -> None:
    call = change(
        db,
        call_id,
        Call.ended_at.is_(None),
        Call.claimed_by.is_not(None),
        *expected,
        claimed_by=None,
        claimed_by_name=None,
        claimed_at=None,
        connected_at=None,
    )
    if call:
        returning.unhold(db, call)
        presence.lapsed(db, call, at=at)
        tell(db, "call.released", call, at=at)


def _mine(call: Call, by: Person) -> Call:
    if call.ended_at:
        raise CallerHungUp
    if call.claimed_by != by.account_id:
        raise CallAlreadyTaken
    return call


def _seconds(call: Call, at: datetime) -> float:
    return (at - call.arrived_at).total_seconds()
