"""What the exchange is told to do at each turn of a call, from greeting to goodbye."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import notify
import tenants
from calls import telephony
from calls.answering import arrive, by_sid, connected, end, requeue, speak
from calls.models import Call
from calls.rules import speech
from calls.turns import Turn
from tenants.town import Town
from townline.logs import logger
from townline.tenancy import TenantSession

# The ways Twilio says that a call is over, whoever ended it.
OVER = frozenset(("completed", "busy", "failed", "no-answer", "canceled"))
# The agent's leg ended after the two have been on the line together.
TALKED = frozenset(("completed", "answered"))
# A queue that could not keep the caller: full, or broken.
BROKEN = frozenset(("queue-full", "error", "system-error"))

log = logger("calls")


@dataclass(frozen=True, slots=True, kw_only=True)
class Arrival:
    """Who stands in line, at which of the town's numbers, and in which language."""

    sid: str
    line: str
    caller: str
    language: str


def greet(db: TenantSession, turn: Turn, *, public_url: str, at: datetime) -> str:
    """A line rings: the languages first where there are two, else straight in line."""
    town = tenants.current(db).town
    call = _arrived(db, turn, town, at)
    if offers := speech.choice(town):
        return telephony.choosing(offers, public_url)
    return _in_line(town, call, public_url=public_url, at=at)


def go_on(db: TenantSession, turn: Turn, *, public_url: str, at: datetime) -> str:
    """A key was pressed for a language, or none was."""
    town = tenants.current(db).town
    call = _arrived(db, turn, town, at)
    language = speech.chosen(town, turn.digits, otherwise=call.language)
    call = speak(db, turn.call_sid, language=language)
    return _in_line(town, call, public_url=public_url, at=at)


def hold(db: TenantSession, turn: Turn) -> str:
    language = by_sid(db, turn.call_sid).language
    return telephony.holding(speech.hold(turn.queue_position, language))


def left(db: TenantSession, turn: Turn, *, at: datetime) -> str:
    """Out of the queue: hung up, taken by an agent, or the queue broke."""
    if turn.queue_result == "hangup":
        end(db, turn.call_sid, at=at)
    if turn.queue_result not in BROKEN:
        return telephony.saying(())
    log.warning("calls.queue_broken", result=turn.queue_result)
    language = by_sid(db, turn.call_sid).language
    return telephony.parting((speech.overwhelmed(language),))


def picked_up(db: TenantSession, call_id: UUID, *, at: datetime) -> str:
    """The agent has lifted; they hear whose call it is, then the caller."""
    call = connected(db, call_id, at=at)
    town = tenants.current(db).town
    return telephony.saying((speech.whisper(town, call.language),))


def dialled(db: TenantSession, turn: Turn, *, public_url: str, at: datetime) -> str:
    """The agent's leg is over: after a talk, or without anybody picking up."""
    call = by_sid(db, turn.call_sid)
    if turn.dial_status in TALKED or call.ended_at:
        connected(db, call.id, at=at)
        return telephony.parting(())
    requeue(db, call.id, at=at)
    again = speech.still_looking(call.language)
    prefix = tenants.current(db).town.prefix
    return telephony.queueing((again,), prefix, public_url)


def stand_in_line(
    db: TenantSession, arrival: Arrival, *, public_url: str, at: datetime
) -> str:
    """Whose language is known already, and who need not be asked for it."""
    call = arrive(
        db,
        arrival.sid,
        line=arrival.line,
        caller=arrival.caller,
        language=arrival.language,
        at=at,
    )
    return _in_line(tenants.current(db).town, call, public_url=public_url, at=at)


def settle(db: TenantSession, turn: Turn, *, at: datetime) -> None:
    if turn.call_status in OVER and not _never_stood_in_line(db, turn):
        end(db, turn.call_sid, at=at)


def nobodys_line() -> str:
    return telephony.parting(speech.nobodys_line())


def _never_stood_in_line(db: TenantSession, turn: Turn) -> bool:
    """A crew that answered what it was asked by keys, and hung up."""
    arrived = db.session.scalar(db.rows(Call).where(Call.sid == turn.call_sid))
    return arrived is None and notify.was_asked(db, turn.caller)


def _arrived(db: TenantSession, turn: Turn, town: Town, at: datetime) -> Call:
    by_number = {line.number: line.language for line in town.lines}
    language = by_number.get(turn.to, town.languages[0])
    return arrive(
        db, turn.call_sid, line=turn.to, caller=turn.caller, language=language, at=at
    )


def _in_line(town: Town, call: Call, *, public_url: str, at: datetime) -> str:
    greeting = speech.greeting(town, call.language, at=at)
    return telephony.queueing((greeting,), town.prefix, public_url)
