"""The caller in line: what they hear on entering, while they wait, and on leaving."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import datetime, timedelta

import tenants
from calls import announcing, documents, promising, returning, voicemail
from calls.answering import by_sid, end, queue
from calls.documents import Door
from calls.models import Call
from calls.rules import in_line, speech
from calls.rules.queueing import EMERGENCY, NORMAL, is_surge, is_too_long
from calls.rules.speech import Said
from calls.standing import Standing, rung_since, standing, waiting_here
from calls.turns import Turn
from tenants.rules.menus import is_staffed
from tenants.town import Line, Town
from townline.db import Database
from townline.logs import logger
from townline.tenancy import TenantSession

# A queue that could not keep the caller: full, or broken.
BROKEN = frozenset(("queue-full", "error", "system-error"))
CALL_BACK, MESSAGE = "1", "2"

log = logger("calls")


def enter(
    db: TenantSession,
    call: Call,
    said: Iterable[Said],
    *,
    door: Door,
    at: datetime,
    priority: int = NORMAL,
) -> str:
    """Stand in line, once told why it is long if it is."""
    town = tenants.current(db).town
    is_new = call.queued_at is None and priority != EMERGENCY
    call = queue(db, call, priority=priority, at=at)
    surge = tuple(_surge(db, town, call, at=at)) if is_new else ()
    return documents.entering((*said, *surge), town.prefix, door)


def hold(
    db: TenantSession, turn: Turn, *, everywhere: Database, door: Door, at: datetime
) -> str:
    """One round of waiting; whoever has waited long enough is led out."""
    call = by_sid(db, turn.call_sid)
    town = tenants.current(db).town
    line = line_of(town, call)
    if _is_over(town, line, call, at=at):
        return documents.leaving()
    with everywhere.everybody() as session:
        here = standing(session, call, at=at)
    # Whoever pressed an emergency key is offered nothing but a person.
    could = (
        ()
        if call.priority == EMERGENCY
        else in_line.one_could(call.language, call_back=line.call_back)
    )
    said = (*_place(here, call.language), *could)
    return documents.holding(said, door)


def press(db: TenantSession, turn: Turn, *, at: datetime) -> str:
    """A key while waiting: out of the line for those that mean something."""
    call = by_sid(db, turn.call_sid)
    line = line_of(tenants.current(db).town, call)
    if call.ended_at:
        return documents.waiting_on()
    if turn.digits == CALL_BACK and line.call_back:
        returning.want(db, call, at=at)
        return documents.leaving()
    return documents.leaving() if turn.digits == MESSAGE else documents.waiting_on()


def left(db: TenantSession, turn: Turn, *, door: Door, at: datetime) -> str:
    """Out of the queue: hung up, taken by an agent, or led out for something else."""
    if turn.queue_result == "hangup":
        end(db, turn.call_sid, at=at)
    if turn.queue_result == "leave":
        call = by_sid(db, turn.call_sid)
        if returning.wanted(db, call):
            return promising.ask(call, door=door)
        return voicemail.ask(db, call, door=door)
    if turn.queue_result in BROKEN:
        log.warning("calls.queue_broken", result=turn.queue_result)
        call = by_sid(db, turn.call_sid)
        sorry = speech.overwhelmed(call.language)
        return voicemail.ask(db, call, sorry, door=door)
    return documents.waiting_on()


def line_of(town: Town, call: Call) -> Line:
    """The line as the town's file has it now; one that has gone is people's."""
    gone = Line(number=call.line, label=town.name)
    return next((each for each in town.lines if each.number == call.line), gone)


def _is_over(town: Town, line: Line, call: Call, *, at: datetime) -> bool:
    waited = at - (call.queued_at or call.arrived_at)
    if call.priority == EMERGENCY:
        return False
    return is_too_long(waited, line.voicemail_after) or (
        line.service != "messages" and not is_staffed(town, line, at=at)
    )


def _place(here: Standing, language: str) -> Iterator[Said]:
    yield speech.hold(here.position, language)
    if here.minutes is not None:
        yield in_line.expect(here.minutes, language)


def _surge(
    db: TenantSession, town: Town, call: Call, *, at: datetime
) -> Iterator[Said]:
    """The town's own words if it has any now, else the reason for the wait."""
    if own := announcing.current(db, at=at):
        yield Said(own.in_(call.language), call.language)
        return
    surge = town.surge
    since = at - timedelta(minutes=surge.within_minutes)
    if is_surge(
        waiting_here(db),
        rung_since(db, since),
        most_waiting=surge.waiting,
        most_calls=surge.calls,
    ):
        words = surge.say.in_(call.language)
        yield Said(words, call.language) if words else in_line.busy_now(call.language)
