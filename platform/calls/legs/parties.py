"""Who else comes to the line, and who goes: transfers, 911, a department, a redial.

Each act is written down before the exchange is asked, and taken back if it refuses.
What the exchange then reports is the truth: ``reports`` writes that.
"""

from __future__ import annotations

from uuid import UUID

from calls.changes import change, tell
from calls.connecting import DialBack, dial_back
from calls.errors import CallerHungUp
from calls.legs import holding
from calls.legs import service as legs
from calls.legs.errors import NobodyToStay, NotDone, NothingToRedial
from calls.legs.hands import Hand, ask
from calls.legs.models import Leg, Purpose
from calls.legs.rooms import entered, led_out, present, room_of
from calls.legs.service import Target
from calls.models import Call
from calls.rules import on_the_line
from calls.telephony import CallGone, ExchangeDown, Invite, PassOn
from townline.errors import NotFound


def add(
    hand: Hand,
    call_id: UUID,
    target: Target,
    purpose: Purpose,
) -> Leg:
    """Ring somebody into the room; before a warm transfer the caller goes on hold."""
    if purpose == "warm":
        holding.hold(hand, call_id)
    with hand.town() as db:
        call = holding.mine(db, call_id, hand.by)
        leg = legs.ask(db, call, target, purpose, by=hand.actor, at=hand.at)
        wish = Invite(room=room_of(db, call), leg_id=leg.id, number=target.number)
    try:
        sid = hand.telephony.invite(wish)
    except (CallGone, ExchangeDown) as not_done:
        with hand.town() as db:
            legs.left(db, leg.id, "failed", at=hand.at)
        raise NotDone from not_done
    with hand.town() as db:
        return legs.rang(db, leg.id, sid)


def pass_on(
    hand: Hand,
    call_id: UUID,
    target: Target,
) -> Leg:
    """A cold transfer: one request takes the caller along, and frees the agent.

    If nobody lifts there, the caller stands in line again, at their old place.
    """
    with hand.town() as db:
        call = holding.mine(db, call_id, hand.by)
        leg = legs.ask(db, call, target, "cold", by=hand.actor, at=hand.at)
        said = on_the_line.passing_on(call.language)
        room = room_of(db, call)
        led_out(db, call_id)
    wish = PassOn(
        room=room, sid=call.sid, leg_id=leg.id, number=target.number, said=said
    )
    try:
        hand.telephony.pass_on(wish)
    except CallGone as gone:
        with hand.town() as db:
            legs.left(db, leg.id, "canceled", at=hand.at)
        raise CallerHungUp from gone
    except ExchangeDown as down:
        with hand.town() as db:
            legs.left(db, leg.id, "failed", at=hand.at)
            if room.sid:
                entered(db, call_id, room.sid)
        raise NotDone from down
    with hand.town() as db:
        holding.finish(db, call_id, at=hand.at, by=hand.actor)
    return leg


def step_out(
    hand: Hand,
    call_id: UUID,
) -> None:
    """The agent goes, and the caller stays with whoever has been brought in."""
    with hand.town() as db:
        call = holding.mine(db, call_id, hand.by)
        others = [e for e in legs.present(db, call_id) if e.kind != "agent"]
        mine = legs.agents_leg(db, call_id)
        now = present(db, call_id)
    if not others or mine is None or mine.sid is None:
        raise NobodyToStay
    if call.held_since:
        holding.resume(hand, call_id)
    # The room must not end with the agent: that comes before the agent's leaving.
    ask(lambda: hand.telephony.outlive(now.room, now.sids))
    with hand.town() as db:
        to = [e.name for e in others]
        numbers = [e.number for e in others]
        tell(
            db,
            "call.transferred",
            call,
            at=hand.at,
            by=hand.actor,
            to=to,
            numbers=numbers,
        )
    sid = mine.sid
    ask(lambda: hand.telephony.drop(sid))


def drop(
    hand: Hand,
    leg_id: UUID,
) -> None:
    """Whoever was brought in goes, or is rung no longer; caller and agent stay."""
    with hand.town() as db:
        leg = db.get(Leg, leg_id)
        holding.mine(db, leg.call_id, hand.by)
        if leg.kind == "agent":
            raise NotFound
        legs.dismiss(db, leg_id)
    sid = leg.sid
    if sid is not None and leg.left_at is None:
        try:
            hand.telephony.drop(sid)
        except CallGone:
            """They have left by themselves; that is what was wanted."""
        except ExchangeDown as down:
            with hand.town() as db:
                legs.keep(db, leg_id)
            raise NotDone from down
    with hand.town() as db:
        legs.left(db, leg_id, "dropped", at=hand.at, by=hand.actor)


def part(
    hand: Hand,
    call_id: UUID,
) -> None:
    """End the call: without this word a line that dies is an accident."""
    with hand.town() as db:
        call = holding.mine(db, call_id, hand.by)
        change(db, call_id, Call.parted_at.is_(None), parted_at=hand.at)
        holding.finish(db, call_id, at=hand.at)
        tell(db, "call.parted", call, at=hand.at, by=hand.actor)
    try:
        hand.telephony.drop(call.sid)
    except CallGone:
        """The caller was quicker."""
    except ExchangeDown as down:
        with hand.town() as db:
            change(db, call_id, Call.parted_at == hand.at, parted_at=None)
        raise NotDone from down


def redial(
    hand: Hand,
    call_id: UUID,
) -> Call:
    """The line broke: ring them again. The new call knows of which it is the rest."""
    with hand.town() as db:
        broken = db.get(Call, call_id)
    if broken.caller is None or broken.ended_at is None:
        raise NothingToRedial
    wish = DialBack(
        number=broken.caller,
        line=broken.line,
        language=broken.language,
        call_id=broken.id,
    )
    return dial_back(
        hand.database,
        hand.tenant_id,
        wish,
        by=hand.by,
        telephony=hand.telephony,
        at=hand.at,
    )
