"""An open ticket is taken up again: its holder, its resident, or by a call."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from typing import Literal
from uuid import UUID

from sqlalchemy import bindparam, delete, select, update
from sqlalchemy.dialects.postgresql import insert

import tenants
import tickets
from surveys import rules
from surveys.holders import holders
from surveys.models import FollowUp
from surveys.queries import due_follow_ups
from surveys.service.news import remind, tell_residents
from surveys.service.tasks import ask_for_a_call
from tickets import Ticket
from townline import proof
from townline.db import new_id
from townline.prepared import Prepared
from townline.sets import packed, to_be_given
from townline.tenancy import TenantSession

COLUMNS = [FollowUp.id, FollowUp.ticket_id, FollowUp.kind, FollowUp.due_at]
OWNED = bindparam("town", type_=FollowUp.tenant_id.type)
INSERT = Prepared(
    insert(FollowUp).from_select(
        [FollowUp.tenant_id, *COLUMNS], select(OWNED, *to_be_given(*COLUMNS).c)
    )
)
Outcome = Literal["told", "call_asked_for", "nobody"]


def plan_follow_ups(db: TenantSession, ticket: Ticket) -> None:
    _plan(db, ticket, since=ticket.opened_at)


def plan_follow_ups_anew(db: TenantSession, ticket: Ticket, *, at: datetime) -> None:
    """Opened again: it has waited since now, whatever was done about it before."""
    theirs = delete(FollowUp).where(
        FollowUp.tenant_id == db.tenant_id, FollowUp.ticket_id == ticket.id
    )
    db.session.execute(theirs)
    _plan(db, ticket, since=at)


def _plan(db: TenantSession, ticket: Ticket, *, since: datetime) -> None:
    town = tenants.rules_of(db, ticket.version_id).town
    wishes = town.category(ticket.category).follow_ups
    terms = rules.Open(since, ticket.promised_at, ticket.level, town.time_zone)
    rows = [
        {
            "id": new_id(),
            "ticket_id": ticket.id,
            "kind": each.kind,
            "due_at": each.due_at,
        }
        for each in rules.plan(wishes, terms)
    ]
    if rows:
        INSERT(db, given=packed(rows))


def void_follow_ups(db: TenantSession, ticket_id: UUID, *, at: datetime) -> None:
    db.session.execute(
        update(FollowUp)
        .where(
            FollowUp.tenant_id == db.tenant_id,
            FollowUp.ticket_id == ticket_id,
            FollowUp.done_at.is_(None),
        )
        .values(done_at=at, outcome="void")
    )


def take_up(db: TenantSession, *, at: datetime) -> int:
    """Do what has fallen due in this town; each follow-up once, whoever else tries."""
    due = db.session.scalars(due_follow_ups(db, at)).all()
    for follow_up in due:
        ticket = tickets.get(db, follow_up.ticket_id)
        proof.record(db, "followup.due", subject=ticket.id, at=at, kind=follow_up.kind)
        follow_up.outcome = ACTS[follow_up.kind](db, ticket, follow_up, at)
        follow_up.done_at = at
    return len(due)


def _remind_holder(
    db: TenantSession, ticket: Ticket, follow_up: FollowUp, at: datetime
) -> Outcome:
    keys = holders(db, ticket.id) or _department(db, ticket)
    told = remind(db, ticket, keys, at=at)
    proof.record(db, "followup.reminded", subject=ticket.id, at=at, contacts=keys)
    return "told" if told else "nobody"


def _tell_resident(
    db: TenantSession, ticket: Ticket, follow_up: FollowUp, at: datetime
) -> Outcome:
    told = tell_residents(db, ticket, "resident_promise_late", at=at)
    return "told" if told else "nobody"


def _call_back(
    db: TenantSession, ticket: Ticket, follow_up: FollowUp, at: datetime
) -> Outcome:
    """Whoever asked first; the others hear by message when something changes."""
    reporters = tickets.reporters(db, ticket.id)
    reporter = next((each for each in reporters if each.phone), None)
    if reporter is None:
        return "nobody"
    ask_for_a_call(db, ticket, reporter, kind="open_ticket", cause=follow_up.id, at=at)
    return "call_asked_for"


def _department(db: TenantSession, ticket: Ticket) -> tuple[str, ...]:
    town = tenants.rules_of(db, ticket.version_id).town
    return tuple(
        each.key for each in town.contacts if each.department == ticket.department
    )


ACTS: dict[str, Callable[[TenantSession, Ticket, FollowUp, datetime], Outcome]] = {
    "remind_holder": _remind_holder,
    "tell_resident": _tell_resident,
    "call_back": _call_back,
}
