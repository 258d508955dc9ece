"""Who asked for a ticket, what of them is kept, and what each of them was promised."""

from __future__ import annotations

import secrets
from datetime import datetime
from itertools import count
from uuid import UUID

import tenants
from tenants.rules import SpokenPromise, promise
from tenants.town import Town
from tickets.intake import Caller, phone_of
from tickets.models import Reporter, Ticket
from tickets.rules import lookups
from tickets.telling import acknowledge
from townline.prepared import Insertion
from townline.tenancy import TenantSession

INSERT = Insertion(Reporter)


def take_down(
    db: TenantSession,
    ticket: Ticket,
    caller: Caller,
    *,
    client_key: UUID,
    at: datetime,
) -> Reporter:
    """Keep what this caller allows to be kept, and promise them their number."""
    town = tenants.rules_of(db, ticket.version_id).town
    anonymous = caller.identity == "anonymous"
    code = _free_code(db, town) if anonymous else None
    reporter = _kept(town, caller)
    reporter.lookup = code
    reporter.ticket_id = ticket.id
    reporter.client_key = client_key
    reporter.joined_at = at
    if client_key != ticket.client_key:
        promised = own_promise(town, ticket, at=at)
        reporter.promised_at = promised.due
        reporter.promise = promised.say.in_(caller.language)
    INSERT(db, reporter)
    acknowledge(db, ticket, reporter, town=town, at=at)
    return reporter


def move(
    db: TenantSession, reporter: Reporter, ticket: Ticket, *, at: datetime
) -> None:
    """Make somebody the first who asked for ``ticket``, and tell them its number."""
    town = tenants.rules_of(db, ticket.version_id).town
    reporter.ticket_id = ticket.id
    reporter.promised_at, reporter.promise = None, None
    db.session.flush()
    acknowledge(db, ticket, reporter, town=town, at=at)


def own_promise(town: Town, ticket: Ticket, *, at: datetime) -> SpokenPromise:
    """What whoever asks for the same at ``at`` is told: what the first one was, as long
    as that is still to come; after it, nothing but a promise of their own is true."""
    category = town.category(ticket.category)
    given = ticket.opened_at if ticket.promised_at > at else at
    return promise(town, category, at=given)


def _free_code(db: TenantSession, town: Town) -> str:
    codes = (
        lookups.drawn(town.prefix, secrets.randbelow, draw=draw) for draw in count()
    )
    return next(code for code in codes if _is_free(db, code))


def _is_free(db: TenantSession, code: str) -> bool:
    taken = db.rows(Reporter).where(Reporter.lookup == code)
    return db.session.scalar(taken) is None


def _kept(town: Town, caller: Caller) -> Reporter:
    if caller.identity == "anonymous":
        return Reporter(identity="anonymous", language=caller.language, tell_by="none")
    return Reporter(
        identity=caller.identity,
        name=caller.name.strip() or None,
        phone=phone_of(town, caller),
        email=caller.email.strip() or None,
        address=caller.address.strip() or None,
        language=caller.language,
        tell_by=caller.tell_by,
    )
