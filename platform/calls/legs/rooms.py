"""The room of a call, as the exchange is to have it, and what keeps it in order."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import tenants
from calls.answering import end
from calls.changes import change
from calls.legs import rules
from calls.legs import service as legs
from calls.models import Call
from calls.rules.speech import Said
from calls.telephony import CallGone, ExchangeDown, Room, Telephony
from townline.db import Database
from townline.logs import logger
from townline.tenancy import TenantSession, town

log = logger("calls")


@dataclass(frozen=True, slots=True)
class Present:
    """Who hears whom at this moment, by the exchange's names."""

    room: Room
    caller: str | None
    others: tuple[str, ...]
    is_over: bool

    @property
    def sids(self) -> tuple[str, ...]:
        return (*([self.caller] if self.caller else []), *self.others)


def room_of(db: TenantSession, call: Call) -> Room:
    town = tenants.current(db).town
    announced = town.recording.announce if town.recording else None
    said = (Said(announced.in_(call.language), call.language),) if announced else ()
    return Room(
        tenant_id=db.tenant_id,
        call_id=call.id,
        line=call.line,
        language=call.language,
        sid=call.room,
        said=said,
    )


def entered(db: TenantSession, call_id: UUID, sid: str) -> None:
    """The caller is in it: the exchange's own name for the room says so from now on."""
    change(db, call_id, Call.room.is_distinct_from(sid), room=sid)


def led_out(db: TenantSession, call_id: UUID) -> None:
    """The caller has left it for what is said to them next, or for another line."""
    change(db, call_id, Call.room.is_not(None), room=None)


def present(db: TenantSession, call_id: UUID) -> Present:
    call = db.get(Call, call_id)
    is_over = call.ended_at is not None
    caller = call.sid if call.room and call.connected_at and not is_over else None
    others = tuple(each.sid for each in legs.present(db, call_id) if each.sid)
    return Present(room_of(db, call), caller, others, is_over)


def somebody_came(
    database: Database, tenant_id: UUID, call_id: UUID, *, telephony: Telephony
) -> None:
    """A room of two ends with either, as it was told when they entered; of three not.

    Done after it has been written down, and harmless when done again.
    """
    with town(database, tenant_id) as db:
        now = present(db, call_id)
    if not rules.ends_with_any(len(now.sids)):
        _try(call_id, lambda: telephony.outlive(now.room, now.sids))


def somebody_went(
    database: Database, tenant_id: UUID, call_id: UUID, *, telephony: Telephony
) -> None:
    """Nobody stays alone; two who stay end it with either. Harmless when done again."""
    with town(database, tenant_id) as db:
        now = present(db, call_id)
    _try(call_id, lambda: _arrange(now, telephony))


def caller_gone(
    database: Database, tenant_id: UUID, call_id: UUID, *, at: datetime
) -> None:
    with town(database, tenant_id) as db:
        end(db, db.get(Call, call_id).sid, at=at)


def _try(call_id: UUID, wish: Callable[[], None]) -> None:
    """What cannot be done now is done at the next going, or by the clockwork."""
    try:
        wish()
    except CallGone:
        log.info("calls.room_gone", call=str(call_id))
    except ExchangeDown:
        log.warning("calls.room_not_in_order", call=str(call_id))


def _arrange(now: Present, telephony: Telephony) -> None:
    sids = now.sids
    if now.caller is None and not now.is_over:
        return  # on their way in, or led out on purpose: others wait for them
    if len(sids) == 1 and now.caller:
        telephony.send_back(now.room, now.caller)
    elif len(sids) == 1:
        telephony.drop(sids[0])
    elif rules.ends_with_any(len(sids)):
        telephony.end_with(now.room, sids)
