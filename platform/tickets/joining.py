"""Me too: everybody who calls about a ticket that is known, and those who did not."""

from __future__ import annotations

from datetime import datetime
from uuid import UUID

from msgspec import Struct

import tenants
from tickets.duplicates.models import Joining
from tickets.errors import AlreadyClosed
from tickets.faults import caller_faults, check_words, refuse
from tickets.intake import Caller, Intake, phone_of
from tickets.models import Reporter, Ticket
from tickets.opening import open_for
from tickets.reporting import take_down
from tickets.telling import acknowledge
from townline import live, proof
from townline.db import new_id
from townline.errors import Conflict, Invalid
from townline.proof import Actor
from townline.tenancy import TenantSession


class NotAMeToo(Invalid):
    """This person asked for the ticket first; there is nothing to take back."""


class AlreadyTakenBack(Conflict):
    """This person has a ticket of their own already."""


class MeToo(Struct, frozen=True, kw_only=True):
    """Another resident with the same thing; ``client_key`` makes a retry harmless.

    The rest is the problem as this caller told it, for the desk to learn from.
    """

    client_key: UUID
    caller: Caller
    category: str = ""
    place: str = ""
    latitude: float | None = None
    longitude: float | None = None


def join(
    db: TenantSession, ticket_id: UUID, me_too: MeToo, *, at: datetime, by: Actor
) -> Reporter:
    """Add another caller to a ticket: they are told what the first one is told.

    The ticket is locked: of two at once the second waits, and finds the first. Whoever
    asked for it before, under the same number, is the reporter they were.
    """
    ticket = db.get(Ticket, ticket_id, lock=True)
    joined = db.rows(Reporter).where(Reporter.client_key == me_too.client_key)
    if first := db.session.scalar(joined):
        return first
    if ticket.closed_at:
        raise AlreadyClosed
    town = tenants.rules_of(db, ticket.version_id).town
    refuse(caller_faults(town, me_too.caller))
    if before := _asked_before(db, ticket, phone_of(town, me_too.caller)):
        return _told_as_well(db, ticket, before, me_too.caller, at=at)
    reporter = take_down(db, ticket, me_too.caller, client_key=me_too.client_key, at=at)
    db.add(_joining(ticket, reporter, me_too, at=at, by=by))
    proof.record(db, "ticket.joined", subject=ticket_id, at=at, actor=by)
    live.announce(db, "tickets")
    return reporter


def take_back(
    db: TenantSession, reporter_id: UUID, *, reason: str, at: datetime, by: Actor
) -> Ticket:
    """A me-too that was none: the caller gets a ticket, a number and a relay of their
    own, from the category and the place that they told."""
    check_words(reason, field="reason")
    reporter = db.get(Reporter, reporter_id, lock=True)
    joined = db.rows(Joining).where(Joining.reporter_id == reporter_id)
    joining = db.session.scalar(joined)
    if joining is None:
        raise NotAMeToo
    if joining.taken_back_at:
        raise AlreadyTakenBack
    known = db.get(Ticket, joining.ticket_id)
    intake = _own(db, known, joining, reporter)
    ticket = open_for(db, intake, reporter, at=at, by=by)
    joining.taken_back_at, joining.taken_back_by = at, by.name
    joining.reason, joining.moved_to = reason.strip(), ticket.id
    facts = {"moved_to": ticket.tracking, "was": known.tracking}
    for subject in (known.id, ticket.id):
        proof.record(
            db,
            "ticket.me_too_taken_back",
            subject=subject,
            at=at,
            actor=by,
            reason=reason.strip(),
            **facts,
        )
    return ticket


def _asked_before(
    db: TenantSession, ticket: Ticket, phone: str | None
) -> Reporter | None:
    if phone is None:
        return None
    same = db.rows(Reporter).where(
        Reporter.ticket_id == ticket.id, Reporter.phone == phone
    )
    return db.session.scalar(same.order_by(Reporter.joined_at).limit(1))


def _told_as_well(
    db: TenantSession,
    ticket: Ticket,
    reporter: Reporter,
    caller: Caller,
    *,
    at: datetime,
) -> Reporter:
    """Who wanted no news when they first called may want them now."""
    if reporter.tell_by == "none" and caller.tell_by != "none":
        town = tenants.rules_of(db, ticket.version_id).town
        reporter.tell_by = caller.tell_by
        reporter.email = caller.email.strip() or reporter.email
        acknowledge(db, ticket, reporter, town=town, at=at)
    return reporter


def _joining(
    ticket: Ticket, reporter: Reporter, me_too: MeToo, *, at: datetime, by: Actor
) -> Joining:
    """Where somebody anonymous called about may tell who they are: it is not kept."""
    anonymous = reporter.identity == "anonymous"
    return Joining(
        reporter_id=reporter.id,
        ticket_id=ticket.id,
        category=me_too.category or ticket.category,
        place="" if anonymous else me_too.place.strip(),
        latitude=None if anonymous else me_too.latitude,
        longitude=None if anonymous else me_too.longitude,
        at=at,
        by=by.name,
    )


def _own(
    db: TenantSession, known: Ticket, joining: Joining, reporter: Reporter
) -> Intake:
    """What this caller told; the rest is as on the ticket they were added to."""
    town = tenants.current(db).town
    offered = {each.key for each in town.categories}
    category = joining.category if joining.category in offered else known.category
    told = joining.place or joining.latitude is not None
    return Intake(
        client_key=new_id(),
        category=category,
        channel="phone",
        caller=Caller(language="fr" if reporter.language == "fr" else "en"),
        place=joining.place if told else known.place,
        latitude=joining.latitude if told else known.latitude,
        longitude=joining.longitude if told else known.longitude,
    )
