"""From the queue to the agent's ear: each fact commits before the next is asked for.

The exchange is asked outside of any transaction: it may take seconds, and a rollback
could not hang up a phone that rings.
"""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from calls.answering import claim, end, release
from calls.errors import CallerHungUp, NoExtension, NotPutThrough
from calls.models import Call
from calls.telephony import CallGone, ExchangeDown, PutThrough, Telephony
from townline.auth import Person
from townline.db import Database
from townline.logs import logger
from townline.tenancy import town

log = logger("calls")


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
    """
    if by.extension is None:
        raise NoExtension
    with town(database, tenant_id) as db:
        call = claim(db, call_id, by=by, at=at)
    if call.claimed_at == at:
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
    wish = PutThrough(
        tenant_id=call.tenant_id,
        call_id=call.id,
        sid=call.sid,
        line=call.line,
        extension=extension,
    )
    try:
        telephony.put_through(wish)
    except CallGone as gone:
        with town(database, call.tenant_id) as db:
            end(db, call.sid, at=at)
        raise CallerHungUp from gone
    except ExchangeDown as down:
        log.warning("calls.not_put_through", call=str(call.id))
        with town(database, call.tenant_id) as db:
            release(db, call.id, at=at)
        raise NotPutThrough from down
