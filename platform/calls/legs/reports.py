"""What the exchange reports of those on the line, and what it is told to do next.

Reports come late, twice and in any order: each is taken as a fact about one leg, and
what follows from the facts together is decided anew every time.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

import tenants
from calls import telephony as exchange
from calls.answering import connected, end, release, requeue
from calls.changes import change, tell
from calls.legs import holding, rooms, rules
from calls.legs import service as legs
from calls.legs.hands import Ear
from calls.legs.models import Leg
from calls.legs.turns import RoomTurn
from calls.models import Call
from calls.rules import on_the_line, speech
from calls.rules.queueing import RAISED
from calls.telephony import CallGone, ExchangeDown, Invite
from townline.tenancy import TenantSession, town

CALLER = "caller"
ANSWERED = frozenset(("in-progress", "answered", "completed"))
GONE = frozenset(("completed", "busy", "no-answer", "failed", "canceled"))


def lifted(ear: Ear, tenant_id: UUID, leg_id: UUID, turn: RoomTurn) -> str:
    """The agent's telephone: whose call it is, then the caller, if they are there."""
    with town(ear.database, tenant_id) as db:
        leg = db.get(Leg, leg_id)
        call = db.get(Call, leg.call_id, lock=True)
        # A claim that ran out, or was taken by somebody else, rings in vain.
        stale = call.claimed_at != leg.asked_at or call.ended_at is not None
        if stale or not legs.joined(db, leg_id, turn.call_sid, at=ear.at):
            return exchange.parting((on_the_line.too_late(call.language),))
        if not call.outbound:
            connected(db, call.id, at=ear.at)
        room = rooms.room_of(db, call)
        whispered = speech.whisper(tenants.current(db).town, call.language)
    try:
        _bring(ear, call, room)
    except CallGone:
        rooms.caller_gone(ear.database, tenant_id, call.id, at=ear.at)
        return exchange.parting((on_the_line.too_late(call.language),))
    except ExchangeDown:
        with town(ear.database, tenant_id) as db:
            _not_brought(db, call, leg_id, at=ear.at)
        return exchange.parting((on_the_line.too_late(call.language),))
    return exchange.meeting(room, str(leg_id), ear.public_url, said=(whispered,))


def leg_status(
    db: TenantSession, leg_id: UUID, turn: RoomTurn, *, at: datetime
) -> UUID:
    """A telephone that rang has been lifted, or not, or hung up; whose call it is."""
    leg = db.get(Leg, leg_id)
    call = db.get(Call, leg.call_id, lock=True)
    if turn.call_status in GONE:
        gone = legs.left(db, leg_id, turn.call_status, at=at)
        rang_in_vain = gone.kind == "agent" and gone.joined_at is None
        if rang_in_vain and call.claimed_at == gone.asked_at:
            _give_back(db, call, at=at)
    elif turn.call_status in ANSWERED and leg.purpose == "cold":
        legs.joined(db, leg_id, turn.call_sid, at=at)
    else:
        legs.rang(db, leg_id, turn.call_sid)
    return call.id


def caller_status(
    db: TenantSession, call_id: UUID, turn: RoomTurn, *, at: datetime
) -> None:
    """A caller whom we rang: not reached, or gone again."""
    call = db.get(Call, call_id)
    change(db, call_id, Call.sid == f"ours-{call_id}", sid=turn.call_sid)
    if turn.call_status not in GONE:
        return
    call = db.get(Call, call_id)
    if call.connected_at is None and call.ended_at is None:
        tell(db, "call.not_reached", call, at=at, outcome=turn.call_status)
    _end(db, call, at=at)


def in_room(db: TenantSession, call_id: UUID, turn: RoomTurn, *, at: datetime) -> None:
    """Somebody joined the room, left it, was put on hold; or it has ended."""
    call = db.get(Call, call_id, lock=True)
    is_caller = turn.label == CALLER
    if is_caller and turn.event == "participant-join":
        rooms.entered(db, call_id, turn.conference_sid)
    match turn.event:
        case "participant-join" if is_caller and call.outbound:
            change(db, call_id, Call.sid == f"ours-{call_id}", sid=turn.call_sid)
            connected(db, call_id, at=at)
        case "participant-join" if leg_id := turn.leg_id:
            legs.joined(db, leg_id, turn.call_sid, at=at)
        case "participant-leave" if leg_id := turn.leg_id:
            legs.left(db, leg_id, turn.left_how, at=at)
        case "participant-leave" if is_caller and turn.hung_up:
            _end(db, call, at=at)
        case "participant-hold" if is_caller:
            holding.begin(db, call_id, at=at)
        case "participant-unhold" if is_caller:
            holding.finish(db, call_id, at=at)


def room_over(
    db: TenantSession, call_id: UUID, turn: RoomTurn, *, public_url: str, at: datetime
) -> str:
    """The room has ended, and the caller is on the line still, or has hung up too."""
    rooms.led_out(db, call_id)
    call = db.get(Call, call_id, lock=True)
    holding.finish(db, call_id, at=at)
    if turn.call_status in GONE:
        _end(db, call, at=at)
        return exchange.parting(())
    _agent_is_gone(db, call, at=at)
    accounted_for = bool(call.parted_at or call.disposition)
    kinds = legs.who_left_in_order(db, call_id)
    match rules.after_room(accounted_for=accounted_for, kinds=kinds):
        case "goodbye":
            return exchange.parting(())
        case "passed on":
            return exchange.parting((on_the_line.other_side_gone(call.language),))
        case "back in line":
            tell(db, "call.line_lost", call, at=at)
            said = (on_the_line.line_lost(call.language),)
            room = rooms.room_of(db, call)
            return exchange.returning(said, room, public_url)


def passed(
    db: TenantSession, leg_id: UUID, turn: RoomTurn, *, public_url: str, at: datetime
) -> str:
    """A cold transfer is over: after a talk, or because nobody was there."""
    leg = legs.left(db, leg_id, turn.dial_status or "completed", at=at)
    call = db.get(Call, leg.call_id, lock=True)
    if turn.call_status in GONE:
        _end(db, call, at=at)
        return exchange.parting(())
    if turn.dial_status == "completed" or leg.joined_at:
        return exchange.parting(())
    return _in_line_again(
        db, call, on_the_line.nobody_there(call.language), public_url, at
    )


def again(db: TenantSession, call_id: UUID, *, public_url: str, at: datetime) -> str:
    """They have stayed on the line: their old place, before all who wait as usual."""
    call = db.get(Call, call_id, lock=True)
    said = speech.still_looking(call.language)
    return _in_line_again(db, call, said, public_url, at)


def _bring(ear: Ear, call: Call, room: exchange.Room) -> None:
    """Out of the queue; or rung now, if it was we who wanted to talk."""
    if not call.outbound:
        ear.telephony.bring_in(room, call.sid)
        return
    number = call.caller or ""
    sid = ear.telephony.invite(Invite(room=room, leg_id=None, number=number))
    with town(ear.database, call.tenant_id) as db:
        change(db, call.id, Call.sid == f"ours-{call.id}", sid=sid)


def _in_line_again(
    db: TenantSession, call: Call, said: speech.Said, public_url: str, at: datetime
) -> str:
    if call.ended_at or call.outbound:
        return exchange.parting((said,))
    change(db, call.id, Call.priority > RAISED, priority=RAISED)
    change(db, call.id, Call.queued_at.is_(None), queued_at=call.arrived_at)
    requeue(db, call.id, at=at)
    prefix = tenants.current(db).town.prefix
    return exchange.queueing((said,), prefix, public_url)


def _not_brought(db: TenantSession, call: Call, leg_id: UUID, *, at: datetime) -> None:
    legs.left(db, leg_id, "failed", at=at)
    if _has_no_place(call):
        _end(db, call, at=at)
    else:
        requeue(db, call.id, at=at)


def _has_no_place(call: Call) -> bool:
    """A call of ours that nobody waits in; one that keeps a place goes back to it."""
    return call.outbound and call.queued_at is None


def _give_back(db: TenantSession, call: Call, *, at: datetime) -> None:
    """Nobody lifted: the caller never left the line; a call of ours is over."""
    if _has_no_place(call):
        _end(db, call, at=at)
    else:
        release(db, call.id, at=at)


def _end(db: TenantSession, call: Call, *, at: datetime) -> None:
    holding.finish(db, call.id, at=at)
    end(db, call.sid, at=at)


def _agent_is_gone(db: TenantSession, call: Call, *, at: datetime) -> None:
    """The room cannot end around an agent: whatever is reported later, they are out."""
    for leg in legs.present(db, call.id):
        legs.left(db, leg.id, "left", at=at)
