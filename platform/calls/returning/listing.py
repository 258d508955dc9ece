"""How a number comes onto the list: it hung up, asked for it, or left a message."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from sqlalchemy import case, func, text, update
from sqlalchemy.dialects.postgresql import insert

from calls import late
from calls.changes import tell
from calls.models import Call
from calls.returning.models import OPEN, CallBack, Voicemail
from townline import live
from townline.db import new_id
from townline.tenancy import TenantSession


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """What the exchange reports of a recording; it reports it more than once."""

    recording: str
    url: str
    seconds: int


def miss(db: TenantSession, call: Call, *, at: datetime) -> None:
    """The caller has hung up in line. A withheld number cannot be rung back."""
    if call.caller and call.queued_at and not call.outbound:
        _enter(db, call, call.caller, at=at)


def want(db: TenantSession, call: Call, *, at: datetime) -> None:
    """The caller asks to be rung: at their own number, until they key in another.

    A withheld number leaves an entry without one, until they do.
    """
    entry = (
        _enter(db, call, call.caller, at=at)
        if call.caller
        else _unlisted(db, call, at=at)
    )
    _mark_wanted(db, entry, call, at=at)


def want_at(db: TenantSession, call: Call, number: str, *, at: datetime) -> CallBack:
    """At this number; what the same call had asked for before is forgotten."""
    others = (
        update(CallBack)
        .where(
            CallBack.tenant_id == db.tenant_id,
            CallBack.call_id == call.id,
            CallBack.done_at.is_(None),
            CallBack.number.is_distinct_from(number),
        )
        .values(done_at=at, result="not_needed", done_by=None)
    )
    db.session.execute(others)
    return _mark_wanted(db, _enter(db, call, number, at=at), call, at=at)


def keep_message(
    db: TenantSession, call: Call, message: Message, *, at: datetime
) -> Voicemail:
    """A message is work whether or not its number can be rung."""
    db.get(Call, call.id, lock=True)
    if kept := _kept(db, message.recording):
        return kept
    entry = (
        _enter(db, call, call.caller, at=at)
        if call.caller
        else _unlisted(db, call, at=at)
    )
    voicemail = db.add(
        Voicemail(
            call_id=call.id,
            call_back_id=entry.id,
            recording_sid=message.recording,
            recording_url=message.url,
            seconds=message.seconds,
            left_at=at,
        )
    )
    db.session.flush()
    tell(db, "call.message_left", call, at=at, seconds=message.seconds)
    return voicemail


def transcribe(db: TenantSession, recording: str, words: str) -> None:
    """Written down by the exchange's machine, which may be early, late or silent."""
    written = (
        update(Voicemail)
        .where(
            Voicemail.tenant_id == db.tenant_id,
            Voicemail.recording_sid == recording,
            Voicemail.transcript.is_(None),
        )
        .values(transcript=words)
    )
    db.session.execute(written)
    live.announce(db, "calls")


def _enter(db: TenantSession, call: Call, number: str, *, at: datetime) -> CallBack:
    """The open entry of a number, which counts each of its calls once."""
    new = _first(db, call, number, at=at)
    entry = (
        insert(CallBack)
        .values(new)
        .on_conflict_do_update(
            index_elements=["tenant_id", "number"],
            index_where=text(OPEN),
            set_={
                "call_id": case(
                    (CallBack.wanted_at.is_(None), new["call_id"]),
                    else_=CallBack.call_id,
                ),
                "language": call.language,
                "last_at": at,
                "times": CallBack.times + 1,
                "longest_wait": func.greatest(
                    CallBack.longest_wait, new["longest_wait"]
                ),
            },
            where=CallBack.call_id != call.id,
        )
    )
    db.session.execute(entry)
    live.announce(db, "calls")
    found = db.session.scalars(
        db.rows(CallBack)
        .where(CallBack.number == number, CallBack.done_at.is_(None))
        .execution_options(populate_existing=True)
    )
    return found.one()


def _unlisted(db: TenantSession, call: Call, *, at: datetime) -> CallBack:
    """An entry without a number, one for each call: there is only a message to hear."""
    found = db.session.scalar(
        db.rows(CallBack).where(CallBack.call_id == call.id, CallBack.number.is_(None))
    )
    return found or db.add(CallBack(**_first(db, call, None, at=at)))


def _first(
    db: TenantSession, call: Call, number: str | None, *, at: datetime
) -> dict[str, object]:
    since = call.queued_at or call.arrived_at
    return {
        "tenant_id": db.tenant_id,
        "id": new_id(),
        "call_id": call.id,
        "number": number,
        "line": call.line,
        "language": call.language,
        "since": since,
        "last_at": at,
        "times": 1,
        "tries": 0,
        "longest_wait": int((at - since).total_seconds()),
    }


def _mark_wanted(
    db: TenantSession, entry: CallBack, call: Call, *, at: datetime
) -> CallBack:
    """Whoever asks twice has the better place, that of the first time."""
    is_new = entry.wanted_at is None or entry.call_id != call.id
    if entry.wanted_at and entry.call_id != call.id:
        # The place that an earlier call had asked for is this one's from now on.
        late.changed(db, db.get(Call, entry.call_id))
    entry.wanted_at = entry.wanted_at or at
    entry.call_id = call.id
    db.session.flush()
    if is_new:
        tell(db, "call.back_wanted", call, at=at)
    return entry


def _kept(db: TenantSession, recording: str) -> Voicemail | None:
    return db.session.scalar(
        db.rows(Voicemail).where(Voicemail.recording_sid == recording)
    )
