"""Hold: the caller hears music or nothing, the seconds count, and nobody else hears."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from calls.changes import change, tell
from calls.legs.errors import NotDone, NotOnTheLine, OnAnotherSystem
from calls.legs.hands import Hand, ask
from calls.legs.rooms import room_of
from calls.models import TWILIO, Call
from calls.telephony import Room, Telephony
from townline.auth import Person
from townline.db import Database
from townline.errors import NotFound
from townline.proof import ENGINE, Actor
from townline.tenancy import TenantSession, town


def hold(
    hand: Hand,
    call_id: UUID,
) -> None:
    """Written down first; if the exchange does not do it, it is taken back."""
    with hand.town() as db:
        call = mine(db, call_id, hand.by)
        begun = begin(db, call.id, at=hand.at, by=hand.actor)
        room = room_of(db, call)
    if not begun:
        return
    try:
        ask(lambda: hand.telephony.hold(room, call.sid))
    except NotDone:
        with hand.town() as db:
            change(db, call_id, Call.held_since == hand.at, held_since=None)
        raise


def resume(
    hand: Hand,
    call_id: UUID,
) -> None:
    """The exchange first: a caller whom the desk believes to hear it must hear it."""
    with hand.town() as db:
        call = mine(db, call_id, hand.by)
        room, sid = room_of(db, call), call.sid
    ask(lambda: hand.telephony.take_off_hold(room, sid))
    with hand.town() as db:
        finish(db, call_id, at=hand.at, by=hand.actor)


def begin(
    db: TenantSession, call_id: UUID, *, at: datetime, by: Actor = ENGINE
) -> bool:
    """Whether it was not on hold yet."""
    held = change(
        db,
        call_id,
        Call.held_since.is_(None),
        Call.connected_at.is_not(None),
        Call.ended_at.is_(None),
        held_since=at,
    )
    if held:
        tell(db, "call.held", held, at=at, by=by)
    return held is not None


def finish(
    db: TenantSession, call_id: UUID, *, at: datetime, by: Actor = ENGINE
) -> None:
    """However often it is told that the hold is over, its seconds count once."""
    call = db.get(Call, call_id, lock=True)
    if call.held_since is None:
        return
    seconds = max(0, round((at - call.held_since).total_seconds()))
    call.held_seconds += seconds
    call.held_since = None
    db.session.flush()
    tell(db, "call.resumed", call, at=at, by=by, seconds=seconds)


def mine(db: TenantSession, call_id: UUID, by: Person) -> Call:
    """The agent's own call, on the line at this moment and on our exchange."""
    if not by.serves(db.tenant_id):
        raise NotFound
    call = db.get(Call, call_id, lock=True)
    if call.provider != TWILIO:
        raise OnAnotherSystem
    live = call.connected_at is not None and call.ended_at is None
    if not live or call.claimed_by != by.account_id:
        raise NotOnTheLine
    return call


def settle(
    database: Database, call: Call, room: Room, *, telephony: Telephony, at: datetime
) -> None:
    """What the desk believes of a hold is made what the exchange knows."""
    if not telephony.is_held(room, call.sid):
        with town(database, call.tenant_id) as db:
            finish(db, call.id, at=at)
