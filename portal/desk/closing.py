"""How a call is closed: with a ticket, joined to one that is known, or without.

Everything a closing writes is one transaction. It locks the call first, so that a
double click, or a retry after a lost answer, waits and finds what the first one made.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime
from uuid import UUID

import msgspec

import calls
import tenants
import tickets
from calls import Call, Disposition, knowledge
from portal.desk import rules
from portal.desk.draft import Draft
from portal.desk.typed import me_too_of
from tenants.town import Town
from tickets import Fault, Ticket
from townline import proof
from townline.auth import Person
from townline.errors import Invalid
from townline.i18n import gettext, language
from townline.proof import Actor
from townline.tenancy import TenantSession


class Unfinished(Invalid):
    """Something on this page still needs your attention; nothing has been lost."""

    def __init__(self, faults: tuple[Fault, ...]) -> None:
        super().__init__(field=faults[0].field)
        self.faults = faults


def with_ticket(
    db: TenantSession,
    call_id: UUID,
    draft: Draft,
    *,
    by: Person,
    at: datetime,
    more: bool = False,
) -> Ticket:
    """Save and relay: the ticket, what was said, and how the call ended.

    With ``more`` to come the call goes on; its next ticket is linked to the first.
    """
    call = db.get(Call, call_id, lock=True)
    made = tickets.of_call(db, call.id)
    if first := next((e for e in made if e.client_key == draft.client_key), None):
        return first
    _refuse(faults(tenants.current(db).town, draft, call_id))
    agent = Actor("agent", by.name)
    intake = draft.intake("phone", call_id)
    intake = msgspec.structs.replace(intake, parent_id=made[0].id) if made else intake
    ticket = tickets.open(db, intake, at=at, by=agent)
    if note := draft.note.strip():
        tickets.add_note(db, ticket.id, note, audience="dispatch", by=agent, at=at)
    _log_what_was_said(db, ticket.id, draft, by=agent, at=at)
    if not more:
        _end(db, call, draft, by=agent, at=at)
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
    call = db.get(Call, call_id, lock=True)
    town = tenants.current(db).town
    _refuse(tickets.caller_faults(town, draft.caller))
    agent = Actor("agent", by.name)
    tickets.join(db, ticket_id, me_too_of(draft), at=at, by=agent)
    end_as(db, call, draft, "added_to_existing", by=agent, at=at)
    return tickets.get(db, ticket_id)


def without_ticket(
    db: TenantSession, call_id: UUID, draft: Draft, *, by: Person, at: datetime
) -> None:
    """A record all the same: how it ended, and what it was about if it was answered."""
    call = db.get(Call, call_id, lock=True)
    _refuse(_faults_of_an_ending(db, call, draft))
    agent = Actor("agent", by.name)
    if draft.safety:
        _log_what_was_said(db, call_id, draft, by=agent, at=at)
    if draft.category and draft.disposition in rules.WITHOUT_TICKET:
        calls.note_topic(db, call_id, draft.category)
    _end(db, call, draft, by=agent, at=at)


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


def _faults_of_an_ending(
    db: TenantSession, call: Call, draft: Draft
) -> Iterator[Fault]:
    has_ticket = bool(tickets.of_call(db, call.id))
    if not rules.may_end_so(draft.disposition, has_ticket=has_ticket):
        remedy = gettext("Choose how the call ended, if it made no ticket.")
        yield Fault("disposition", remedy)
    town = tenants.current(db).town
    known = {each.key for each in town.categories}
    if draft.category and draft.category not in known:
        yield Fault("category", gettext("Choose one of the town's categories."))
    answered = draft.disposition == rules.ANSWERED
    said_what = draft.category or has_ticket or knowledge.used_on(db, call.id)
    if answered and not said_what:
        remedy = gettext("Choose what it was about, or the answer that you gave.")
        yield Fault("category", remedy)


def _unsaid(draft: Draft) -> Iterator[Fault]:
    if not draft.said:
        yield Fault("said", gettext("Say the promise, then tick it."))
    remedies = {
        "place": gettext("Read the place back with its crossing, then tick it."),
        "name": gettext("Spell the name back, then tick it."),
        "number": gettext("Read the number back digit by digit, then tick it."),
        "danger": gettext("Ask whether anybody is in danger now, then tick it."),
    }
    for item in draft.unconfirmed:
        yield Fault(f"read.{item}", remedies[item])


def _refuse(found: Iterator[Fault]) -> None:
    if every := tuple(found):
        raise Unfinished(every)


def end_as(
    db: TenantSession,
    call: Call,
    draft: Draft,
    disposition: Disposition,
    *,
    by: Actor,
    at: datetime,
) -> None:
    """Whatever ending the page had chosen, this is how the call ended."""
    ending = msgspec.structs.replace(draft, disposition=disposition)
    _end(db, call, ending, by=by, at=at)


def _end(
    db: TenantSession, call: Call, draft: Draft, *, by: Actor, at: datetime
) -> None:
    """Of whoever is anonymous the call keeps no number, ticket or not."""
    if draft.identity == "anonymous":
        calls.forget_caller(db, call.id, at=at)
    calls.note_aids(db, call.id, draft.aids, by=by, at=at)
    ending: Disposition = draft.disposition or "ticket_created"
    calls.wrap_up(db, call.id, ending, by=by, at=at)


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
        confirmed=sorted(draft.read),
    )
