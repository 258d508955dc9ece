"""What a number has called about before, in this town only: the newest first.

Of a withheld number there is what this very call has made; a number given in talk
brings back what that number is known for.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import calls
import tenants
import tickets
from calls import Call
from tenants.town import Category
from tickets import Ticket
from townline.tenancy import TenantSession

# Enough to recognise somebody; the rest is in the town's list.
MOST = 6


@dataclass(frozen=True, slots=True, kw_only=True)
class Past:
    """A ticket, or a call that made none; ``disposition`` is how its call ended."""

    at: datetime
    ticket: Ticket | None = None
    category: Category | None = None
    disposition: str | None = None


def history(db: TenantSession, call: Call, *, phone: str | None) -> tuple[Past, ...]:
    found = dict.fromkeys(_of(db, call, phone))
    return tuple(sorted(found, key=lambda each: each.at, reverse=True)[:MOST])


def _of(db: TenantSession, call: Call, phone: str | None) -> Iterator[Past]:
    before = calls.earlier(db, phone, limit=MOST) if phone else None
    made = {each.id: each for each in tickets.of_call(db, call.id)}
    if before:
        made |= {each.id: each for each in before.tickets}
    ended: dict[UUID | None, str | None] = {}
    for each in before.calls if before else ():
        ended[each.id] = each.disposition
    for ticket in made.values():
        yield _ticket(db, ticket, ended.get(ticket.call_id))
    with_ticket = {each.call_id for each in made.values()}
    for each in before.calls if before else ():
        if each.id != call.id and each.id not in with_ticket:
            yield Past(
                at=each.arrived_at,
                category=_topic(db, each.topic),
                disposition=each.disposition,
            )


def _ticket(db: TenantSession, ticket: Ticket, disposition: str | None) -> Past:
    """Its category as it was then; the town may have dropped it since."""
    then = tenants.rules_of(db, ticket.version_id).town
    category = then.category(ticket.category)
    return Past(
        at=ticket.opened_at,
        ticket=ticket,
        category=category,
        disposition=disposition,
    )


def _topic(db: TenantSession, key: str | None) -> Category | None:
    known = {each.key: each for each in tenants.current(db).town.categories}
    return known.get(key or "")
