"""From the list of calls we owe to a ringing telephone, with one key."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from calls import returning
from calls.connecting import DialBack, dial_back, take
from calls.errors import NoExtension
from calls.models import Call
from calls.returning import NobodyToRing
from calls.telephony import Telephony
from townline.auth import Person
from townline.db import Database
from townline.tenancy import town


def ring_back(
    database: Database,
    tenant_id: UUID,
    id: UUID,
    *,
    by: Person,
    telephony: Telephony,
    at: datetime,
) -> Call:
    """Ring the agent, then the number: by the call that keeps its place, if one does.

    The hold is committed first: two agents must never ring one person.
    """
    if by.extension is None:
        raise NoExtension
    with town(database, tenant_id) as db:
        entry = returning.hold(db, id, by=by, at=at)
        if entry.number is None:
            raise NobodyToRing
        waits = returning.in_line(db, entry)
        wish = DialBack(
            number=entry.number,
            line=entry.line,
            language=entry.language,
            call_id=entry.call_id,
        )
    if waits:
        return take(database, tenant_id, waits.id, by=by, telephony=telephony, at=at)
    return dial_back(database, tenant_id, wish, by=by, telephony=telephony, at=at)
