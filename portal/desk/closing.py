"""How a call is closed: with a ticket, joined to one that is known, or without.

Everything a closing writes is one transaction. It locks the call first, so that a
double click, or a retry after a lost answer, waits and finds what the first one made.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

import calls
import tenants
import tickets
from calls import Call, Disposition
from portal.desk import rules
from portal.desk.draft import Draft
from tenants.town import Town
from tickets import Fault, MeToo, Ticket
from townline import proof
from townline.auth import Person
from townline.errors import Invalid
from townline.i18n import gettext, language
from townline.proof import Actor
from townline.tenancy import TenantSession

HANDED_OVER = "call.handed_to_911"


class Unfinished(Invalid):
    """Something on this page still needs your attention; nothing has been lost."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__(field=faults[0].field)
        self.faults = faults


def with_ticket(
    db: TenantSession, call_id: UUID, draft: Draft, *, by: Person, at: datetime
) -> Ticket:
    """Save and relay: the ticket, what was said, and how the call ended."""
    call = db.get(Call, call_id, lock=True)
    if first := _made_before(db, call, draft):
        return first
    town = tenants.current(db).town
    _refuse(faults(town, draft, call_id))
    agent = Actor("agent", by.name)
    ticket = tickets.open(db, draft.intake("phone", call_id), at=at, by=agent)
    if note := draft.note.strip():
        tickets.add_note(db, ticket.id, note, audience="dispatch", by=agent, at=at)
    _log_what_was_said(db, ticket.id, draft, by=agent, at=at)
    _end(db, call_id, draft, by=agent, at=at)
    return ticket


def with_known_ticket(
    db: TenantSession,
    call_id: UUID,
    ticket_id: UUID,
    draft: Draft,
    *,
    by: Person,
    at: datetime,
) -> Ticket:
    """Me too: the caller is told what the first one is told."""
    db.get(Call, call_id, lock=True)
    town = tenants.current(db).town
    _refuse(tickets.caller_faults(town, draft.caller))
    agent = Actor("agent", by.name)
    me_too = MeToo(client_key=draft.client_key, caller=draft.caller)
    tickets.join(db, ticket_id, me_too, at=at, by=agent)
    if draft.caller.identity == "anonymous":
        calls.forget_caller(db, call_id, at=at)
    calls.wrap_up(db, call_id, "added_to_existing", by=agent, at=at)
    return tickets.get(db, ticket_id)


def without_ticket(
    db: TenantSession, call_id: UUID, draft: Draft, *, by: Person, at: datetime
) -> None:
    if draft.disposition not in rules.WITHOUT_TICKET:
        remedy = gettext("Choose how the call ended, if it made no ticket.")
        raise Unfinished((Fault("disposition", remedy),))
    agent = Actor("agent", by.name)
    if draft.safety:
        _log_what_was_said(db, call_id, draft, by=agent, at=at)
    _end(db, call_id, draft, by=agent, at=at)


def hand_over(
    db: TenantSession, call_id: UUID, *, by: Person, at: datetime
) -> datetime:
    """When the caller was connected to 911; said twice, it is logged once."""
    call = db.get(Call, call_id, lock=True)
    if first := handed_over_at(db, call):
        return first
    proof.record(db, HANDED_OVER, subject=call.id, at=at, actor=Actor("agent", by.name))
    return at


def handed_over_at(db: TenantSession, call: Call) -> datetime | None:
    entries = proof.timeline(db, call.id)
    return next((each.at for each in entries if each.event == HANDED_OVER), None)


def faults(town: Town, draft: Draft, call_id: UUID) -> Iterator[Fault]:
    """What keeps the call from being saved with a ticket, in the order of speech."""
    for question in rules.not_asked(town.life_safety, draft.safety):
        remedy = gettext("Ask first: {question}")
        asked = question.ask.in_(language())
        yield Fault(f"safety.{question.key}", remedy.format(question=asked))
    if draft.has_half_a_point:
        yield Fault("place", gettext("Write the point as two numbers, or leave it."))
    yield from tickets.faults(town, draft.intake("phone", call_id))
    if not rules.is_with_911(draft.disposition):
        yield from _unsaid(draft)
    if draft.disposition not in rules.WITH_TICKET:
        remedy = gettext("This ending makes no ticket: finish without one.")
        yield Fault("disposition", remedy)


def _unsaid(draft: Draft) -> Iterator[Fault]:
    if not draft.said:
        yield Fault("said", gettext("Say the promise, then tick it."))
    if not draft.agreed:
        yield Fault("agreed", gettext("Read it back, then tick that they agree."))


def _refuse(found: Iterator[Fault]) -> None:
    if every := tuple(found):
        raise Unfinished(every)


def _made_before(db: TenantSession, call: Call, draft: Draft) -> Ticket | None:
    made = tickets.of_call(db, call.id)
    return next((each for each in made if each.client_key == draft.client_key), None)


def _end(
    db: TenantSession, call_id: UUID, draft: Draft, *, by: Actor, at: datetime
) -> None:
    ending: Disposition = draft.disposition or "ticket_created"
    calls.wrap_up(db, call_id, ending, by=by, at=at)


def _log_what_was_said(
    db: TenantSession, subject: UUID, draft: Draft, *, by: Actor, at: datetime
) -> None:
    """The questions and their answers, never words: a log cannot be corrected."""
    proof.record(
        db,
        "call.read_out",
        subject=subject,
        at=at,
        actor=by,
        safety=dict(draft.safety),
        promise_said=draft.said,
        read_back=draft.agreed,
    )
