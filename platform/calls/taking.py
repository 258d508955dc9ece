"""One key: the next caller whom this agent should take, and nobody else gets.

Which one is a rule; that no two agents get the same is the database's: a claim
compares and sets, and whoever comes second goes on to the next caller.
"""

from __future__ import annotations

from collections.abc import Sequence
from contextlib import suppress
from datetime import datetime, timedelta

from sqlalchemy import or_, select
from sqlalchemy.orm import Session  # noqa: TID251 - boards of many towns

from calls import presence
from calls.answering import claim, release
from calls.connecting import take
from calls.errors import CallAlreadyTaken, CallerHungUp, NobodyWaits, NoExtension
from calls.models import Call
from calls.queries import LONGEST_CALL, WaitingCall, waiting
from calls.rules.choosing import InLine, Taken, in_turn
from calls.rules.claims import stale_before
from calls.telephony import Telephony
from townline.auth import Person
from townline.db import Database
from townline.tenancy import board, town

# Who was passed over longer ago than this has been told so by an alarm.
LATELY = timedelta(hours=1)


def in_order(
    session: Session, person: Person, *, at: datetime
) -> Sequence[WaitingCall]:
    """The waiting calls of a board session, as this agent should take them."""
    found = {each.id: each for each in waiting(session, at=at)}
    order = _turns(session, person, tuple(map(_in_line, found.values())), at=at)
    return [found[each.id] for each in order]


def take_next(
    database: Database, *, by: Person, telephony: Telephony, at: datetime
) -> Call:
    """The caller's call, ringing at the agent; or the one the agent is on already."""
    while candidates := _candidates(database, by, at=at):
        for each in candidates:
            with suppress(CallAlreadyTaken, CallerHungUp):
                return _take(database, each, by=by, telephony=telephony, at=at)
    raise NobodyWaits


def _take(
    database: Database,
    wanted: InLine,
    *,
    by: Person,
    telephony: Telephony,
    at: datetime,
) -> Call:
    with town(database, wanted.town) as db:
        busy = presence.busy_with(db.session, by, at=at)
        if busy is None:
            claim(db, wanted.id, by=by, at=at)
    if busy and busy.call_town and busy.call_id:
        with town(database, busy.call_town) as db:
            return db.get(Call, busy.call_id)
    try:
        return take(database, wanted.town, wanted.id, by=by, telephony=telephony, at=at)
    except NoExtension:
        with town(database, wanted.town) as db:
            release(db, wanted.id, at=at)
        raise


def _candidates(
    database: Database, person: Person, *, at: datetime
) -> tuple[InLine, ...]:
    """Those whose claim by somebody else has run out are anybody's again."""
    free = (
        select(Call.tenant_id, Call.id, Call.priority, Call.language, Call.queued_at)
        .where(
            Call.queued_at.is_not(None),
            Call.ended_at.is_(None),
            Call.connected_at.is_(None),
            Call.arrived_at > at - LONGEST_CALL,
            or_(Call.claimed_at.is_(None), Call.claimed_at < stale_before(at)),
        )
        .order_by(Call.priority, Call.queued_at, Call.id)
    )
    with board(database, person.desk_towns) as session:
        rows = session.execute(free).all()
        in_line = tuple(
            InLine(town=town, id=id, priority=priority, language=language, since=since)
            for town, id, priority, language, since in rows
            if since
        )
        return _turns(session, person, in_line, at=at)


def _turns(
    session: Session, person: Person, in_line: tuple[InLine, ...], *, at: datetime
) -> tuple[InLine, ...]:
    if not in_line:
        return ()
    since = max(min(each.since for each in in_line), at - LATELY)
    speaks = presence.languages_of(session, person.account_id)
    return in_turn(in_line, _taken(session, since, at=at), speaks=speaks, at=at)


def _taken(session: Session, since: datetime, *, at: datetime) -> Sequence[Taken]:
    lately = select(Call.tenant_id, Call.claimed_at).where(
        Call.arrived_at > at - LONGEST_CALL, Call.claimed_at >= since
    )
    return [
        Taken(town, claimed) for town, claimed in session.execute(lately) if claimed
    ]


def _in_line(each: WaitingCall) -> InLine:
    return InLine(
        town=each.tenant_id,
        id=each.id,
        priority=each.priority,
        language=each.language,
        since=each.queued_at,
    )
