"""Another town's caller goes there, with a wall between what the two towns know.

One town per transaction: first the old one says where the call goes, then the new one
takes it in, then the old one forgets who called. Each step may be done again, so that
a click after a lost answer finishes what the first one began.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import func
from sqlalchemy.dialects.postgresql import insert

import tenants
from calls import late, presence, returning
from calls.answering import by_sid, end
from calls.changes import change, tell
from calls.errors import AlreadyMoved, AlreadyWrappedUp, CallAlreadyTaken
from calls.legs.models import Leg
from calls.models import Call
from calls.recordings.models import Recording
from calls.rules.dispositions import BILLABLE
from tenants.town import Town
from townline.auth import Person
from townline.db import Database
from townline.errors import NotFound
from townline.proof import Actor
from townline.tenancy import TenantSession, town

# A call that went round more towns than this goes round in a circle.
FARTHEST = 5


@dataclass(frozen=True, slots=True, kw_only=True)
class Carried:
    """What goes with the call: the line, and who is on it. Nothing that was typed.

    Its id goes along, so that what the exchange was told to ask still finds it.
    """

    id: UUID
    sid: str
    caller: str | None
    language: str
    provider: str
    tty: bool
    outbound: bool
    room: str | None
    held_since: datetime | None
    connected: bool
    legs: Sequence[Leg]


def move(
    database: Database,
    whence: UUID,
    call_id: UUID,
    *,
    to: UUID,
    by: Person,
    at: datetime,
) -> None:
    """Moved back, the first town finds its own call again, caller and all."""
    if not (by.serves(whence) and by.serves(to)) or whence == to:
        raise NotFound
    with town(database, whence) as db:
        carried = _promise(db, call_id, to=to, by=by)
    with town(database, to) as db:
        _take_in(db, carried, whence=whence, by=by, at=at)
    with town(database, whence) as db:
        over = _forget(db, call_id, to=to, by=by, at=at)
    if over:
        with town(database, to) as db:
            end(db, carried.sid, at=at)


def where_now(database: Database, tenant_id: UUID, sid: str) -> UUID:
    """The town that has the call now: the exchange only knows the one it rang."""
    for _ in range(FARTHEST):
        with town(database, tenant_id) as db:
            here = db.session.scalar(db.rows(Call).where(Call.sid == sid))
        if here is None or here.moved_to is None or here.disposition is None:
            break
        tenant_id = here.moved_to
    return tenant_id


def followed(database: Database, tenant_id: UUID, call_id: UUID) -> UUID:
    """The same for an address that names the call; it keeps its id wherever it is."""
    with town(database, tenant_id) as db:
        call = db.find(Call, call_id)
    if call is None or call.moved_to is None:
        return tenant_id
    return where_now(database, tenant_id, call.sid)


def followed_leg(database: Database, tenant_id: UUID, leg_id: UUID) -> UUID:
    """And for one that names somebody on its line; they keep their ids, too."""
    with town(database, tenant_id) as db:
        leg = db.find(Leg, leg_id)
    return followed(database, tenant_id, leg.call_id) if leg else tenant_id


def _promise(db: TenantSession, call_id: UUID, *, to: UUID, by: Person) -> Carried:
    """Only whoever talks to the caller moves them, and only to one town."""
    call = db.get(Call, call_id, lock=True)
    if call.claimed_by != by.account_id:
        raise CallAlreadyTaken
    if call.moved_to not in {None, to}:
        raise AlreadyMoved
    if call.disposition is not None and call.moved_to is None:
        raise AlreadyWrappedUp
    call.moved_to = to
    db.session.flush()
    return Carried(
        id=call.id,
        sid=call.sid,
        caller=call.caller,
        language=call.language,
        provider=call.provider,
        tty=call.tty,
        outbound=call.outbound,
        room=call.room,
        held_since=call.held_since,
        connected=call.connected_at is not None,
        legs=_present(db, call_id),
    )


def _take_in(
    db: TenantSession, carried: Carried, *, whence: UUID, by: Person, at: datetime
) -> None:
    values = _values(tenants.current(db).town, carried, by=by, at=at)
    fresh = insert(Call).values(
        tenant_id=db.tenant_id,
        id=carried.id,
        sid=carried.sid,
        arrived_at=at,
        moved_from=whence,
        **values,
    )
    made = db.session.scalar(fresh.on_conflict_do_nothing().returning(Call.id))
    here = by_sid(db, carried.sid)
    again = {"moved_to": None, "ended_at": None, **UNDISPOSED}
    back = None
    if not made:
        # Ours before, and now given back; or taken in by this very click before.
        back = change(db, here.id, Call.moved_to == whence, **values, **again)
    if made or back:
        _bring_legs(db, here.id, carried.legs)
        presence.engage(db, here, by, at=at)
        told = tenants.by_id(db.session, whence).slug
        tell(db, "call.moved_here", here, at=at, by=_agent(by), town=told)


UNDISPOSED: dict[str, object] = {
    "disposition": None,
    "billable": None,
    "disposed_at": None,
    "disposed_by": None,
}


def _values(
    town: Town, carried: Carried, *, by: Person, at: datetime
) -> dict[str, object]:
    """As one of this town's own: on its line, in a language that it speaks."""
    speaks = carried.language in town.languages
    language = carried.language if speaks else town.languages[0]
    lines = [each for each in town.lines if each.language == language]
    return {
        "line": (lines or town.lines)[0].number,
        "caller": carried.caller,
        "language": language,
        "provider": carried.provider,
        "tty": carried.tty,
        "outbound": carried.outbound,
        "room": carried.room,
        "held_since": carried.held_since,
        "claimed_by": by.account_id,
        "claimed_by_name": by.name,
        "claimed_at": at,
        "connected_at": at if carried.connected else None,
    }


def _forget(
    db: TenantSession, call_id: UUID, *, to: UUID, by: Person, at: datetime
) -> bool:
    """Nothing stays but that it was another town's; True if the caller had hung up."""
    call = db.get(Call, call_id, lock=True)
    number, over = call.caller, call.ended_at is not None
    left = change(
        db,
        call_id,
        Call.moved_to == to,
        Call.disposition.is_(None),
        caller=None,
        ended_at=func.coalesce(Call.ended_at, at),
        disposition="wrong_city",
        billable=BILLABLE["wrong_city"],
        disposed_at=at,
        disposed_by=by.name,
        topic=None,
        tty=False,
        interpreter=None,
        interpreter_minutes=None,
        room=None,
        held_since=None,
    )
    if left is None:
        return False
    for leg in _present(db, call_id):
        leg.left_at, leg.outcome = at, "left"
    for recording in _recorded(db, call_id):
        recording.delete_at = min(recording.delete_at, at)
    returning.forget(db, left, number or "", at=at)
    late.left(db, number, left)
    presence.let_go(db, left, at=at)
    told = tenants.by_id(db.session, to).slug
    tell(db, "call.moved_away", left, at=at, by=_agent(by), town=told)
    return over


def _present(db: TenantSession, call_id: UUID) -> Sequence[Leg]:
    here = db.rows(Leg).where(Leg.call_id == call_id, Leg.left_at.is_(None))
    return db.session.scalars(here).all()


def _recorded(db: TenantSession, call_id: UUID) -> Sequence[Recording]:
    """What the caller said to the wrong town is not this town's to keep."""
    return db.session.scalars(
        db.rows(Recording).where(Recording.call_id == call_id)
    ).all()


def _bring_legs(db: TenantSession, call_id: UUID, legs: Sequence[Leg]) -> None:
    for leg in legs:
        # Back where it began, it is there already, and has only left for a while.
        db.session.merge(
            Leg(
                tenant_id=db.tenant_id,
                id=leg.id,
                call_id=call_id,
                kind=leg.kind,
                purpose=leg.purpose,
                name=leg.name,
                number=leg.number,
                sid=leg.sid,
                asked_at=leg.asked_at,
                asked_by=leg.asked_by,
                joined_at=leg.joined_at,
                left_at=None,
                outcome=None,
            )
        )
    db.session.flush()


def _agent(by: Person) -> Actor:
    return Actor("agent", by.name)
