"""What the exchange is told to do at each turn of a call, from greeting to goodbye."""

from __future__ import annotations

from datetime import datetime

import notify
import tenants
from calls import documents, line, telephony, voicemail
from calls.accounting import wrap_up
from calls.answering import (
    Arrival,
    end,
    ring,
    speak,
)
from calls.changes import tell
from calls.documents import Door
from calls.models import Call
from calls.rules import menus, speech
from calls.rules.dispositions import Disposition
from calls.rules.menus import Caller, Spot, Step
from calls.rules.queueing import EMERGENCY
from calls.rules.speech import Said
from calls.turns import Turn
from tenants.town import Town
from townline import proof
from townline.proof import ENGINE
from townline.tenancy import TenantSession

# The ways Twilio says that a call is over, whoever ended it.
OVER = frozenset(("completed", "busy", "failed", "no-answer", "canceled"))
# An answer that a menu gave; the story tells which.
HEARD = "call.heard"


def greet(db: TenantSession, turn: Turn, *, public_url: str, at: datetime) -> str:
    """A line rings: the languages first where there are two, else what it is for."""
    town = tenants.current(db).town
    call = _arrived(db, turn, town, at)
    if offers := speech.choice(town):
        return telephony.choosing(offers, public_url)
    return _welcome(db, call, town, door=Door(public_url), at=at)


def go_on(db: TenantSession, turn: Turn, *, public_url: str, at: datetime) -> str:
    """A key was pressed for a language, or none was."""
    town = tenants.current(db).town
    call = _arrived(db, turn, town, at)
    language = speech.chosen(town, turn.digits, otherwise=call.language)
    call = speak(db, turn.call_sid, language=language)
    return _welcome(db, call, town, door=Door(public_url), at=at)


def choose(db: TenantSession, turn: Turn, *, public_url: str, at: datetime) -> str:
    """A key was pressed in a menu, or none was."""
    town = tenants.current(db).town
    call = _arrived(db, turn, town, at)
    spot = Spot(menu=turn.menu, tries=turn.tries, turns=turn.turns)
    step = menus.press(_caller(town, call, at), spot, turn.digits)
    if step.language != call.language:
        call = speak(db, turn.call_sid, language=step.language)
    if step.heard:
        _note_heard(db, call, step, at=at)
    return _follow(db, call, step, (), door=Door(public_url), at=at)


def stand_in_line(
    db: TenantSession, arrival: Arrival, *, public_url: str, at: datetime
) -> str:
    """Whose language is known already, and who need not be asked for it."""
    call = ring(db, arrival, at=at)
    said = (speech.greeting(tenants.current(db).town, call.language, at=at),)
    return line.enter(db, call, said, door=Door(public_url), at=at)


def settle(db: TenantSession, turn: Turn, *, at: datetime) -> None:
    if turn.call_status in OVER and not _never_stood_in_line(db, turn):
        _account(db, end(db, turn.call_sid, at=at), at=at)


def nobodys_line() -> str:
    return telephony.parting(speech.nobodys_line())


def _account(db: TenantSession, call: Call, *, at: datetime) -> None:
    """Who asked for nobody was given an answer by the menu, or hung up on it.

    Neither is billed: the town pays for people's work.
    """
    asked_nobody = call.queued_at is None and call.connected_at is None
    if call.disposition or call.outbound or call.claimed_by or not asked_nobody:
        return
    heard = any(each.event == HEARD for each in proof.timeline(db, call.id))
    how: Disposition = "information_given" if heard else "hang_up"
    wrap_up(db, call.id, how, by=ENGINE, at=at, billable=False)


def _never_stood_in_line(db: TenantSession, turn: Turn) -> bool:
    """A crew that answered what it was asked by keys, and hung up."""
    arrived = db.session.scalar(db.rows(Call).where(Call.sid == turn.call_sid))
    return arrived is None and notify.was_asked(db, turn.caller)


def _arrived(db: TenantSession, turn: Turn, town: Town, at: datetime) -> Call:
    by_number = {line.number: line.language for line in town.lines}
    arrival = Arrival(
        sid=turn.call_sid,
        line=turn.to,
        caller=turn.caller,
        language=by_number.get(turn.to, town.languages[0]),
    )
    return ring(db, arrival, at=at)


def _welcome(
    db: TenantSession, call: Call, town: Town, *, door: Door, at: datetime
) -> str:
    """The greeting, then the line's menu or, where it has none, what it leads to."""
    greeting = (speech.greeting(town, call.language, at=at),)
    step = menus.begin(_caller(town, call, at))
    return _follow(db, call, step, greeting, door=door, at=at)


def _follow(
    db: TenantSession,
    call: Call,
    step: Step,
    before: tuple[Said, ...],
    *,
    door: Door,
    at: datetime,
) -> str:
    said = (*before, *step.said)
    match step.goes:
        case "ask":
            return documents.asking(before, step, door)
        case "voicemail":
            return voicemail.ask(db, call, *said, door=door)
        case "emergency":
            return line.enter(db, call, said, door=door, at=at, priority=EMERGENCY)
        case "person":
            return line.enter(db, call, said, door=door, at=at)


def _caller(town: Town, call: Call, at: datetime) -> Caller:
    here = line.line_of(town, call)
    return Caller(town=town, line=here, language=call.language, at=at)


def _note_heard(db: TenantSession, call: Call, step: Step, *, at: datetime) -> None:
    """Once a turn, however often the exchange reports it."""
    turn = step.spot.turns if step.spot else 0
    before = proof.timeline(db, call.id)
    if not any(e.event == HEARD and e.told().get("turn") == turn for e in before):
        tell(db, HEARD, call, at=at, answer=step.heard, turn=turn)
