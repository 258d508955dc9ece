"""Who asked for a ticket: the first caller, and everybody who calls about the same."""

from __future__ import annotations

import secrets
from datetime import datetime
from itertools import count
from uuid import UUID

from msgspec import Struct

import tenants
from tenants.town import Town
from tickets.errors import AlreadyClosed
from tickets.faults import caller_faults, refuse
from tickets.intake import Caller, phone_of
from tickets.models import Reporter, Ticket
from tickets.rules import lookups
from tickets.telling import acknowledge
from townline import live, proof
from townline.proof import Actor
from townline.tenancy import TenantSession


class MeToo(Struct, frozen=True, kw_only=True):
    """Another resident with the same thing; ``client_key`` makes a retry harmless."""

    client_key: UUID
    caller: Caller


def join(
    db: TenantSession, ticket_id: UUID, me_too: MeToo, *, at: datetime, by: Actor
) -> Reporter:
    """Add another caller to a ticket: they are told what the first one is told."""
    ticket = db.get(Ticket, ticket_id)
    joined = db.rows(Reporter).where(Reporter.client_key == me_too.client_key)
    if first := db.session.scalar(joined):
        return first
    if ticket.closed_at:
        raise AlreadyClosed
    town = tenants.rules_of(db, ticket.version_id).town
    refuse(caller_faults(town, me_too.caller))
    reporter = take_down(db, ticket, me_too.caller, client_key=me_too.client_key, at=at)
    proof.record(db, "ticket.joined", subject=ticket_id, at=at, actor=by)
    live.announce(db, "tickets")
    return reporter


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
    reporter = db.add(_kept(town, caller))
    reporter.lookup = code
    reporter.ticket_id = ticket.id
    reporter.client_key = client_key
    reporter.joined_at = at
    db.session.flush()
    acknowledge(db, ticket, reporter, town=town, at=at)
    return reporter


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
