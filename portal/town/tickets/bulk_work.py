"""The worker's part of an act on many tickets: one after the other, each by itself."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from sqlalchemy import select

import escalation
import tickets
from portal import policy
from portal.levels import LEVELS
from portal.town.tickets.acts import Closing, audience_in, reason_of
from portal.town.tickets.bulk import ALONE, NOBODY
from tickets import bulk
from tickets.bulk import BulkAct, BulkItem
from townline import auth
from townline.auth import TOWN, Person
from townline.db import Database
from townline.errors import Forbidden, Problem
from townline.proof import Actor
from townline.tenancy import TenantSession, town

# So many of a town's tickets at a tick: others' work waits no longer for it.
AT_ONCE = 25


def carry_on(database: Database, *, at: datetime, at_once: int = AT_ONCE) -> int:
    """How many tickets were tried, in all towns where some wait."""
    waiting = select(BulkItem.tenant_id).where(bulk.WAITS).distinct()
    with database.everybody() as session:
        towns = session.scalars(waiting).all()
    return sum(_in(database, tenant_id, at_once, at=at) for tenant_id in towns)


def _in(database: Database, tenant_id: UUID, at_once: int, *, at: datetime) -> int:
    tried = 0
    while tried < at_once and _next(database, tenant_id, at=at):
        tried += 1
    return tried


def _next(database: Database, tenant_id: UUID, *, at: datetime) -> bool:
    """Done, or refused with the reason: a ticket is never tried twice."""
    item_id: UUID | None = None
    try:
        with town(database, tenant_id) as db:
            item = bulk.next_item(db)
            if item is None:
                return False
            item_id = item.id
            item.done_at = at
            _do(db, db.get(BulkAct, item.bulk_id), item.ticket_id, at=at)
    except Problem as fault:
        with town(database, tenant_id) as db:
            if item_id is not None:
                bulk.refuse(db, item_id, str(fault), at=at)
    return True


def _do(db: TenantSession, act: BulkAct, ticket_id: UUID, *, at: datetime) -> None:
    """As whoever asked for it, with what they may do by now."""
    person = _person(db, act)
    ticket = tickets.get(db, ticket_id)
    if not person.sees(db.tenant_id, ticket.department):
        raise Forbidden
    by, asked = Actor("town", person.name), act.asked
    match act.act:
        case "assign":
            to = None if asked["assignee"] == NOBODY else UUID(asked["assignee"])
            tickets.assign(db, ticket_id, to, by=by, at=at, self_id=person.account_id)
        case "note":
            audience = audience_in(asked["audience"])
            tickets.add_note(
                db, ticket_id, asked["body"], audience=audience, by=by, at=at
            )
        case "level":
            level, why = LEVELS[asked["level"]], asked["why"]
            escalation.change_level(db, ticket_id, level, reason=why, by=person, at=at)
        case "close":
            reason = reason_of(Closing(reason=asked["reason"]))
            tickets.close(
                db, ticket_id, reason=reason, note=asked["note"], by=by, at=at
            )


def _person(db: TenantSession, act: BulkAct) -> Person:
    """Whoever has left meanwhile, or may do less, does nothing of it any more."""
    for each in auth.people(db, roles=TOWN):
        if each.account_id == act.account_id and _may(each.role, act):
            return Person(
                each.account_id,
                each.name,
                each.email,
                None,
                None,
                {db.tenant_id: each.role},
                {db.tenant_id: frozenset(each.departments)} if each.departments else {},
            )
    raise Forbidden


def _may(role: str, act: BulkAct) -> bool:
    return policy.may(frozenset({role}), "POST", ALONE[act.act])
