"""How a number leaves the list: an agent takes it, rings, and says what came of it."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Literal, get_args
from uuid import UUID

from sqlalchemy import ColumnElement, bindparam, or_, select, update

from calls.changes import tell
from calls.models import Call
from calls.returning.errors import CallBackDone, CallBackTaken
from calls.returning.models import CallBack, Result
from townline import live
from townline.auth import Person
from townline.errors import NotFound
from townline.prepared import Prepared
from townline.proof import ENGINE, Actor
from townline.tenancy import TenantSession

# Long enough to hear a message and to ring twice; then it is anybody's again.
HOLD_LASTS = timedelta(minutes=15)

# What an agent can say came of it; some of it means that somebody has to try again.
Said = Literal["reached", "no_answer", "voicemail_left", "invalid_number", "not_needed"]
SAID: tuple[Said, ...] = get_args(Said)
TRY_AGAIN: frozenset[Result] = frozenset(("no_answer",))

UNHELD = {"claimed_by": None, "claimed_by_name": None, "claimed_at": None}

# Most callers are on no list when their call is accounted for.
AWAITED = Prepared(
    select(CallBack.id)
    .where(
        CallBack.tenant_id == bindparam("town"),
        CallBack.done_at.is_(None),
        or_(
            CallBack.call_id == bindparam("call"),
            CallBack.number == bindparam("number"),
        ),
    )
    .limit(1)
)


def held_since(at: datetime) -> datetime:
    """A hold from before this is none any more."""
    return at - HOLD_LASTS


def hold(db: TenantSession, id: UUID, *, by: Person, at: datetime) -> CallBack:
    """Only one agent rings the number; a second click takes nothing more."""
    if not by.serves(db.tenant_id):
        raise NotFound
    free = or_(
        CallBack.claimed_at.is_(None),
        CallBack.claimed_at < held_since(at),
        CallBack.claimed_by == by.account_id,
    )
    taken = _change(
        db,
        id,
        free,
        claimed_by=by.account_id,
        claimed_by_name=by.name,
        claimed_at=at,
    )
    if taken is None:
        entry = db.get(CallBack, id)
        raise CallBackDone if entry.done_at else CallBackTaken
    return taken


def let_go(db: TenantSession, id: UUID, *, by: Person) -> None:
    _change(db, id, CallBack.claimed_by == by.account_id, **UNHELD)


def unhold(db: TenantSession, call: Call) -> None:
    """The agent never lifted: another may take it from where it stood."""
    if call.outbound and call.caller:
        for entry in _open(db, CallBack.number == call.caller):
            _change(db, entry.id, **UNHELD)


def record(
    db: TenantSession, id: UUID, result: Said, *, by: Person, at: datetime
) -> CallBack:
    """What came of it, said once; a call that nobody answered is made again."""
    if not by.serves(db.tenant_id):
        raise NotFound
    held = CallBack.claimed_by == by.account_id
    entry = _change(db, id, held, **_outcome(result, by.name, at))
    if entry is None:
        return _as_before(db.get(CallBack, id), result)
    if entry.done_at:
        _leave_line(db, entry, at=at)
    _tell(db, entry, result, by=Actor("agent", by.name), at=at)
    return entry


def settle(db: TenantSession, call: Call, *, at: datetime) -> None:
    """Somebody has talked to the number, or said how its call went."""
    if not AWAITED(db, call=call.id, number=call.caller):
        return
    result: Result = "reached" if call.outbound else "answered"
    for entry in _of_caller(db, call):
        if done := _change(db, entry.id, done_at=at, result=result):
            _leave_line(db, done, at=at)
            _tell(db, done, result, by=ENGINE, at=at)


def unwant(db: TenantSession, call: Call, *, at: datetime) -> None:
    """No number could be had of the caller: they go on waiting on the line."""
    for entry in _open(db, CallBack.call_id == call.id):
        _change(db, entry.id, done_at=at, result="not_needed")


def is_unrung(call: Call) -> bool:
    """The agent never lifted, so that the exchange has no name yet for this call."""
    return call.sid == f"ours-{call.id}"


def unanswered(db: TenantSession, call: Call, *, at: datetime) -> None:
    """We have rung, and nobody was there: somebody has to try again."""
    if (agent := call.claimed_by_name) is None or is_unrung(call):
        unhold(db, call)
        return
    for entry in _of_caller(db, call):
        if tried := _change(db, entry.id, **_outcome("no_answer", agent, at)):
            _tell(db, tried, "no_answer", by=Actor("agent", agent), at=at)


def forget(db: TenantSession, call: Call, number: str, *, at: datetime) -> None:
    """The caller has asked to stay anonymous: their number leaves the list, too."""
    same = or_(CallBack.call_id == call.id, CallBack.number == number)
    for entry in _open(db, same):
        _leave_line(db, entry, at=at)
        _change(db, entry.id, done_at=at, result="not_needed")
    gone = (
        update(CallBack)
        .where(CallBack.tenant_id == db.tenant_id, same)
        .values(number=None)
    )
    db.session.execute(gone)


def _as_before(entry: CallBack, result: Result) -> CallBack:
    """Pressed twice: it was said already, and nobody has taken it up again."""
    if entry.result == result and entry.claimed_by is None:
        return entry
    raise CallBackDone if entry.done_at else CallBackTaken


def _outcome(result: Result, agent: str, at: datetime) -> dict[str, object]:
    said: dict[str, object] = {
        "result": result,
        "tries": CallBack.tries + int(result != "not_needed"),
        "tried_at": at,
        **UNHELD,
    }
    if result not in TRY_AGAIN:
        said |= {"done_at": at, "done_by": agent}
    return said


def _of_caller(db: TenantSession, call: Call) -> list[CallBack]:
    same = [CallBack.call_id == call.id]
    if call.caller:
        same.append(CallBack.number == call.caller)
    return _open(db, or_(*same))


def _open(db: TenantSession, which: ColumnElement[bool]) -> list[CallBack]:
    found = db.rows(CallBack).where(CallBack.done_at.is_(None), which)
    return list(db.session.scalars(found))


def _leave_line(db: TenantSession, entry: CallBack, *, at: datetime) -> None:
    """The place is given up: somebody has talked to them, or nobody needs to."""
    gone = (
        update(Call)
        .where(
            Call.tenant_id == db.tenant_id,
            Call.outbound,
            Call.caller == entry.number,
            Call.queued_at.is_not(None),
            Call.connected_at.is_(None),
            Call.ended_at.is_(None),
        )
        .values(ended_at=at)
    )
    db.session.execute(gone)
    live.announce(db, "calls")


def _change(
    db: TenantSession, id: UUID, *expected: ColumnElement[bool], **values: object
) -> CallBack | None:
    statement = (
        update(CallBack)
        .where(
            CallBack.tenant_id == db.tenant_id,
            CallBack.id == id,
            CallBack.done_at.is_(None),
            *expected,
        )
        .values(values)
        .returning(CallBack)
        .execution_options(synchronize_session=False, populate_existing=True)
    )
    changed = db.session.scalar(statement)
    live.announce(db, "calls")
    return changed


def _tell(
    db: TenantSession, entry: CallBack, result: Result, *, by: Actor, at: datetime
) -> None:
    call = db.get(Call, entry.call_id)
    tell(db, "call.called_back", call, at=at, by=by, result=result)
