"""What a call that ended unanswered leaves behind: a place in line, or an entry."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import exists, select
from sqlalchemy.dialects.postgresql import insert

from calls.changes import tell
from calls.models import Call
from calls.returning import listing, working
from calls.returning.errors import NobodyToRing
from calls.returning.models import CallBack, Voicemail
from townline.auth import Person
from townline.db import new_id
from townline.tenancy import TenantSession


def over(db: TenantSession, call: Call, *, at: datetime) -> None:
    """The line is dead, and nobody has talked to the caller."""
    if call.outbound:
        working.unanswered(db, call, at=at)
    elif entry := wanted(db, call):
        if entry.number:
            _in_line(db, entry, call, entry.number, at=at)
    elif not _left_something(db, call):
        listing.miss(db, call, at=at)


def wanted(db: TenantSession, call: Call) -> CallBack | None:
    """What the caller has asked for on this call, with or without a number yet."""
    entry = db.rows(CallBack).where(
        CallBack.call_id == call.id,
        CallBack.wanted_at.is_not(None),
        CallBack.done_at.is_(None),
    )
    return db.session.scalar(entry.execution_options(populate_existing=True))


def outbound_call(db: TenantSession, id: UUID, *, by: Person, at: datetime) -> Call:
    """The call by which an agent rings the number: the one in line, or a new one."""
    entry = working.hold(db, id, by=by, at=at)
    if entry.number is None:
        raise NobodyToRing
    missed = db.get(Call, entry.call_id)
    in_line = db.rows(Call).where(
        Call.redial_of == missed.id,
        Call.caller == entry.number,
        Call.outbound,
        Call.ended_at.is_(None),
    )
    found = db.session.scalar(in_line)
    return found or _outbound(db, entry, missed, entry.number, at=at)


def hold_entry_of(db: TenantSession, call: Call, *, by: Person, at: datetime) -> None:
    """Whoever takes it from the line has taken it off the list, too."""
    entry = db.rows(CallBack).where(
        CallBack.number == call.caller, CallBack.done_at.is_(None)
    )
    if found := db.session.scalar(entry):
        working.hold(db, found.id, by=by, at=at)


def _in_line(
    db: TenantSession, entry: CallBack, call: Call, number: str, *, at: datetime
) -> None:
    """It waits from when the caller began to, as if they had stayed on the line."""
    place = {"queued_at": call.queued_at, "priority": call.priority}
    _outbound(db, entry, call, number, at=at, **place)


def _outbound(
    db: TenantSession,
    entry: CallBack,
    missed: Call,
    number: str,
    *,
    at: datetime,
    **place: object,
) -> Call:
    sid = f"back-{entry.id}-{entry.tries}"
    ours = insert(Call).values(
        tenant_id=db.tenant_id,
        id=new_id(),
        sid=sid,
        line=entry.line,
        caller=number,
        language=entry.language,
        arrived_at=at,
        outbound=True,
        redial_of=missed.id,
        **place,
    )
    new = db.session.scalar(ours.on_conflict_do_nothing().returning(Call.id))
    call = db.session.scalars(select(Call).where(Call.sid == sid)).one()
    if new:
        tell(db, "call.returning", call, at=at, line=entry.line)
    return call


def _left_something(db: TenantSession, call: Call) -> bool:
    """A message, or another number: the list has it already."""
    mine = (
        exists().where(each.tenant_id == db.tenant_id, each.call_id == call.id)
        for each in (Voicemail, CallBack)
    )
    return any(db.session.scalar(select(each)) for each in mine)
