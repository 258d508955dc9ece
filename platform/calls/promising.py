"""A call back instead of a wait: at which number, and that it is promised."""

from __future__ import annotations

from datetime import datetime

import tenants
import tickets
from calls import documents, returning
from calls.answering import by_sid, end
from calls.documents import Door
from calls.models import Call
from calls.rules import in_line
from calls.rules.speech import Said
from calls.turns import Turn
from townline.tenancy import TenantSession

ANOTHER = "2"
# A number can be keyed in wrong, and once more; then the one they called from counts.
TRIES = 3


def ask(call: Call, *before: Said, door: Door) -> str:
    """At the number they call from, if they say so; a withheld one is keyed in."""
    if call.caller is None:
        return _key_in(call, *before, door=door)
    said = (*before, in_line.ask_consent(call.caller, call.language))
    return documents.asking_consent(said, door)


def consent(db: TenantSession, turn: Turn, *, door: Door, at: datetime) -> str:
    """Whoever says nothing, or presses a key that means nothing, has not objected."""
    call = by_sid(db, turn.call_sid)
    if turn.digits == ANOTHER or call.caller is None:
        return _key_in(call, door=door)
    return _promise(db, call, call.caller, at=at)


def number(db: TenantSession, turn: Turn, *, door: Door, at: datetime) -> str | None:
    """None if no number can be had of them: then they had better wait on the line."""
    call = by_sid(db, turn.call_sid)
    if keyed := _number(db, turn.digits):
        return _promise(db, call, keyed, at=at)
    if turn.tries + 1 < TRIES:
        wrong = in_line.no_number(call.language)
        return _key_in(call, wrong, door=door, tries=turn.tries + 1)
    if call.caller:
        return _promise(db, call, call.caller, at=at)
    returning.unwant(db, call, at=at)
    return None


def _key_in(call: Call, *before: Said, door: Door, tries: int = 0) -> str:
    said = (*before, in_line.ask_number(call.language))
    return documents.asking_number(said, door, tries=tries)


def _promise(db: TenantSession, call: Call, number: str, *, at: datetime) -> str:
    """The line is closed here, so that the place is kept from this moment on."""
    returning.want_at(db, call, number, at=at)
    end(db, call.sid, at=at)
    return documents.parting((in_line.promised(number, call.language),))


def _number(db: TenantSession, digits: str) -> str | None:
    country = tenants.current(db).town.holidays[:2]
    return tickets.normalised(digits, country=country) if digits else None
