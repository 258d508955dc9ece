"""What is recorded: begun, paused for a card number, kept so long, then deleted."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, timedelta
from uuid import UUID

from sqlalchemy import select
from sqlalchemy.dialects.postgresql import insert

import tenants
from calls.changes import tell
from calls.legs import holding
from calls.legs.errors import NotDone, NotRecorded
from calls.legs.hands import Hand, ask
from calls.legs.rooms import room_of
from calls.models import Call
from calls.recordings.models import Recording
from calls.telephony import CallGone, ExchangeDown, Telephony
from townline.db import Database, new_id
from townline.errors import NotFound
from townline.tenancy import TenantSession, town

# A round of the clockwork must not keep the exchange busy for minutes.
AT_ONCE = 50


def of_call(db: TenantSession, call_id: UUID) -> Sequence[Recording]:
    """Those whose sound is still there, the first first."""
    kept = db.rows(Recording).where(
        Recording.call_id == call_id, Recording.deleted_at.is_(None)
    )
    return db.session.scalars(kept.order_by(Recording.started_at)).all()


def going_on(db: TenantSession, call_id: UUID) -> Recording | None:
    found = (e for e in of_call(db, call_id) if e.completed_at is None)
    return next(found, None)


def begun(db: TenantSession, call_id: UUID, sid: str, *, at: datetime) -> Recording:
    """Known from now on, however often it is told, and whatever is told first."""
    call = db.get(Call, call_id)
    keep = tenants.current(db).town.recording
    # The town has changed its mind meanwhile: what there is goes at once.
    days = keep.keep_days if keep else 0
    statement = insert(Recording).values(
        tenant_id=db.tenant_id,
        id=new_id(),
        call_id=call.id,
        sid=sid,
        started_at=at,
        delete_at=at + timedelta(days=days),
    )
    new = db.session.scalar(statement.on_conflict_do_nothing().returning(Recording.id))
    if new:
        tell(db, "call.recording_begun", call, at=at)
    found = db.rows(Recording).where(Recording.sid == sid)
    return db.session.scalars(found).one()


def completed(
    db: TenantSession, call_id: UUID, sid: str, *, seconds: int, at: datetime
) -> None:
    recording = begun(db, call_id, sid, at=at)
    if recording.completed_at is None:
        recording.completed_at, recording.seconds = at, seconds
        recording.paused_at = None
        db.session.flush()


def pause(
    hand: Hand,
    call_id: UUID,
) -> None:
    """The exchange first: a card number must not be spoken before it is deaf to it."""
    with hand.town() as db:
        room = room_of(db, holding.mine(db, call_id, hand.by))
        if going_on(db, call_id) is None:
            raise NotRecorded
    ask(lambda: hand.telephony.pause_recording(room))
    _note(hand, call_id, paused_at=hand.at)


def resume_recording(
    hand: Hand,
    call_id: UUID,
) -> None:
    with hand.town() as db:
        room = room_of(db, holding.mine(db, call_id, hand.by))
        if going_on(db, call_id) is None:
            raise NotRecorded
    ask(lambda: hand.telephony.resume_recording(room))
    _note(hand, call_id, paused_at=None)


def listen(
    hand: Hand,
    recording_id: UUID,
) -> bytes:
    """The sound, to somebody at the town's desk; that they heard it is kept."""
    with hand.town() as db:
        recording = db.get(Recording, recording_id)
        if not hand.by.serves(hand.tenant_id) or recording.deleted_at:
            raise NotFound
        call = db.get(Call, recording.call_id)
    try:
        sound = hand.telephony.sound_of(recording.sid)
    except CallGone as gone:
        raise NotFound from gone
    except ExchangeDown as down:
        raise NotDone from down
    with hand.town() as db:
        tell(db, "call.recording_heard", call, at=hand.at, by=hand.actor)
    return sound


def forget_due(database: Database, *, telephony: Telephony, at: datetime) -> int:
    """Delete there, then here; what could not be deleted is tried again."""
    due = select(Recording.tenant_id, Recording.id).where(
        Recording.deleted_at.is_(None), Recording.delete_at <= at
    )
    with database.everybody() as session:
        found = session.execute(due.limit(AT_ONCE)).all()
    deleted = 0
    for tenant_id, recording_id in found:
        deleted += _forget(
            database, tenant_id, recording_id, telephony=telephony, at=at
        )
    return deleted


def _forget(
    database: Database,
    tenant_id: UUID,
    recording_id: UUID,
    *,
    telephony: Telephony,
    at: datetime,
) -> bool:
    with town(database, tenant_id) as db:
        sid = db.get(Recording, recording_id).sid
    try:
        telephony.delete_recording(sid)
    except CallGone:
        """It is gone there already, as it should be."""
    except ExchangeDown:
        return False
    with town(database, tenant_id) as db:
        recording = db.get(Recording, recording_id, lock=True)
        if recording.deleted_at is None:
            recording.deleted_at = at
            call = db.get(Call, recording.call_id)
            tell(db, "call.recording_deleted", call, at=at)
    return True


def _note(
    hand: Hand,
    call_id: UUID,
    *,
    paused_at: datetime | None,
) -> None:
    with hand.town() as db:
        recording = going_on(db, call_id)
        if recording is None or (recording.paused_at is None) == (paused_at is None):
            return
        recording.paused_at = paused_at
        what = "call.recording_paused" if paused_at else "call.recording_resumed"
        call = db.get(Call, call_id)
        tell(db, what, call, at=hand.at, by=hand.actor)
