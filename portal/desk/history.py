"""What a number has called about before, in this town only: the newest first.

Of a withheld number there is what this very call has made; a number given in talk
brings back what that number is known for.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

import calls
import tenants
from calls import Call, History
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


def history(
    db: TenantSession, call: Call, made: Sequence[Ticket], *, phone: str | None
) -> tuple[Past, ...]:
    """``made`` are the tickets of this very call."""
    found = tuple(_of(db, call, made, phone))
    return tuple(sorted(found, key=lambda each: each.at, reverse=True)[:MOST])


def _of(
    db: TenantSession, call: Call, made: Sequence[Ticket], phone: str | None
) -> Iterator[Past]:
    before = calls.earlier(db, phone, limit=MOST) if phone else History((), ())
    every = {each.id: each for each in (*made, *before.tickets)}
    ended: dict[UUID | None, str | None] = {e.id: e.disposition for e in before.calls}
    for ticket in every.values():
        yield _ticket(db, ticket, ended.get(ticket.call_id))
    with_ticket = {each.call_id for each in every.values()}
    for each in before.calls:
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
