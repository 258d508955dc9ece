"""What a call that ended unanswered leaves behind: a place in line, or an entry."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import exists, select

from calls.changes import tell
from calls.models import Call
from calls.returning import listing, working
from calls.returning.models import CallBack, Voicemail
from townline.auth import Person
from townline.db import new_id
from townline.tenancy import TenantSession


def over(db: TenantSession, call: Call, *, at: datetime) -> None:
    """The line is dead, and nobody has talked to the caller."""
    if call.outbound:
        working.unanswered(db, call, at=at)
    elif entry := wanted(db, call):
        if entry.number and in_line(db, entry) is None:
            _keep_place(db, entry, call, entry.number, at=at)
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


def in_line(db: TenantSession, entry: CallBack) -> Call | None:
    """The call that keeps the place, until it is taken or has ended."""
    place = db.rows(Call).where(
        Call.outbound,
        Call.caller == entry.number,
        Call.queued_at.is_not(None),
        Call.ended_at.is_(None),
    )
    return db.session.scalar(place)


def hold_entry_of(db: TenantSession, call: Call, *, by: Person, at: datetime) -> None:
    """Whoever takes it from the line has taken it off the list, too."""
    entry = db.rows(CallBack).where(
        CallBack.number == call.caller, CallBack.done_at.is_(None)
    )
    if found := db.session.scalar(entry):
        working.hold(db, found.id, by=by, at=at)


def _keep_place(
    db: TenantSession, entry: CallBack, missed: Call, number: str, *, at: datetime
) -> None:
    """A call of ours that waits from when theirs began to, as if they had stayed."""
    id = new_id()
    call = Call(
        id=id,
        # Nobody has been rung yet, and no exchange has a name for it.
        sid=f"ours-{id}",
        line=entry.line,
        caller=number,
        language=entry.language,
        arrived_at=at,
        queued_at=missed.queued_at or at,
        priority=missed.priority,
        outbound=True,
        redial_of=missed.id,
    )
    db.add(call)
    db.session.flush()
    tell(db, "call.returning", call, at=at, line=entry.line)


def _left_something(db: TenantSession, call: Call) -> bool:
    """A message, or another number: the list has it already."""
    mine = (
        exists().where(each.tenant_id == db.tenant_id, each.call_id == call.id)
        for each in (Voicemail, CallBack)
    )
    return any(db.session.scalar(select(each)) for each in mine)
