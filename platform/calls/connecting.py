"""From the queue to the agent's ear: each fact commits before the next is asked for.

The agent's telephone rings while the caller still stands in line. Only when it is
lifted are they taken out of it, so that an agent who is away costs them nothing.

The exchange is asked outside of any transaction: it may take seconds, and a rollback
could not hang up a phone that rings.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from calls import returning
from calls.answering import claim, end, release
from calls.changes import tell
from calls.errors import CallerHungUp, NoExtension, NotPutThrough
from calls.legs import service as legs
from calls.models import TWILIO, Call
from calls.telephony import CallGone, ExchangeDown, PutThrough, Telephony
from townline.auth import Person
from townline.db import Database, new_id
from townline.errors import NotFound
from townline.logs import logger
from townline.proof import Actor, record
from townline.tenancy import TenantSession, town

log = logger("calls")


@dataclass(frozen=True, slots=True, kw_only=True)
class DialBack:
    """Whom to ring from which of the town's lines, and the call it comes from."""

    number: str
    line: str
    language: str
    call_id: UUID


def take(
    database: Database,
    tenant_id: UUID,
    call_id: UUID,
    *,
    by: Person,
    telephony: Telephony,
    at: datetime,
) -> Call:
    """Claim and connect, as the desk does it with one key.

    A second press finds the agent's phone ringing already, and does not start it anew.
    A call of another telephone system is only claimed: that system rings the agent.
    """
    if by.extension is None:
        raise NoExtension
    with town(database, tenant_id) as db:
        call = claim(db, call_id, by=by, at=at)
        if call.outbound:
            returning.hold_entry_of(db, call, by=by, at=at)
    if call.claimed_at == at and call.provider == TWILIO:
        connect(database, call, extension=by.extension, telephony=telephony, at=at)
    return call


def dial_back(
    database: Database,
    tenant_id: UUID,
    wish: DialBack,
    *,
    by: Person,
    telephony: Telephony,
    at: datetime,
) -> Call:
    """Ring the agent, and as soon as they have lifted, the number: a call of our own.

    Pressed twice, it finds the first that has not ended.
    """
    if by.extension is None:
        raise NoExtension
    with town(database, tenant_id) as db:
        call, is_new = _ours(db, wish, by=by, at=at)
    if is_new:
        connect(database, call, extension=by.extension, telephony=telephony, at=at)
    return call


def connect(
    database: Database,
    call: Call,
    *,
    extension: str,
    telephony: Telephony,
    at: datetime,
) -> None:
    """Ring the agent who has taken it; a call that cannot be put through goes back."""
    with town(database, call.tenant_id) as db:
        leg = legs.ask_agent(db, call, extension, at=at)
    wish = PutThrough(
        tenant_id=call.tenant_id,
        call_id=call.id,
        leg_id=leg.id,
        sid=None if call.outbound else call.sid,
        line=call.line,
        extension=extension,
    )
    try:
        sid = telephony.put_through(wish)
    except CallGone as gone:
        _give_up(database, call, leg.id, at=at)
        raise CallerHungUp from gone
    except ExchangeDown as down:
        log.warning("calls.not_put_through", call=str(call.id))
        with town(database, call.tenant_id) as db:
            legs.left(db, leg.id, "failed", at=at)
            _put_back(db, call, at=at)
        raise NotPutThrough from down
    with town(database, call.tenant_id) as db:
        legs.rang(db, leg.id, sid)


def _ours(
    db: TenantSession, wish: DialBack, *, by: Person, at: datetime
) -> tuple[Call, bool]:
    """The call we make, claimed from its first moment; the first one waits its turn."""
    if not by.serves(db.tenant_id):
        raise NotFound
    first = db.get(Call, wish.call_id, lock=True)
    going_on = db.rows(Call).where(Call.redial_of == first.id, Call.ended_at.is_(None))
    if found := db.session.scalar(going_on):
        return found, False
    id = new_id()
    call = Call(
        id=id,
        # The exchange's own name for it comes with its answer.
        sid=f"ours-{id}",
        line=wish.line,
        caller=wish.number,
        language=wish.language,
        arrived_at=at,
        claimed_by=by.account_id,
        claimed_by_name=by.name,
        claimed_at=at,
        outbound=True,
        redial_of=first.id,
    )
    db.add(call)
    db.session.flush()
    tell(db, "call.returning", call, at=at, by=Actor("agent", by.name), line=wish.line)
    record(
        db,
        "call.dialled_back",
        subject=first.id,
        at=at,
        actor=Actor("agent", by.name),
        call=str(id),
    )
    return call, True


def _give_up(database: Database, call: Call, leg_id: UUID, *, at: datetime) -> None:
    with town(database, call.tenant_id) as db:
        legs.left(db, leg_id, "canceled", at=at)
        end(db, call.sid, at=at)


def _put_back(db: TenantSession, call: Call, *, at: datetime) -> None:
    """Nobody waits in a call of ours: it is over instead."""
    if call.outbound and call.queued_at is None:
        end(db, call.sid, at=at)
    else:
        release(db, call.id, at=at)
