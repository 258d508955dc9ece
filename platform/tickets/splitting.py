"""Two problems in one ticket: the second gets a number, a promise and a relay."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from datetime import datetime
from uuid import UUID

from msgspec import Struct

import tenants
from tenants.town import Town
from tickets.errors import NoSuchReporter
from tickets.faults import LINE_LIMIT, Fault, check_words, refuse
from tickets.intake import Caller, Intake
from tickets.models import Reporter, Ticket
from tickets.opening import open_for
from tickets.reporting import move
from townline import live, proof
from townline.db import new_id
from townline.i18n import gettext
from townline.proof import Actor
from townline.tenancy import TenantSession


class Part(Struct, frozen=True, kw_only=True):
    """What is taken out of a ticket; ``client_key`` makes a double click harmless.

    ``reporters`` are those who asked for this as well: they stay with the first, too.
    """

    client_key: UUID
    category: str
    place: str
    words: str
    reporters: tuple[UUID, ...]


def split(
    db: TenantSession, ticket_id: UUID, part: Part, *, by: Actor, at: datetime
) -> Ticket:
    """The new ticket, of the same family: one number finds both of them.

    A closed ticket may be split too: one half was done, and the other was not.
    """
    ticket = db.get(Ticket, ticket_id, lock=True)
    made = db.rows(Ticket).where(Ticket.client_key == part.client_key)
    if before := db.session.scalar(made):
        return before
    refuse(_faults(tenants.current(db).town, part))
    check_words(part.words, field="words")
    first, *others = _copies(db, ticket, part, at=at)
    new = open_for(db, _intake(ticket, part), first, at=at, by=by)
    for reporter in others:
        move(db, reporter, new, at=at)
    proof.record(
        db, "ticket.split", subject=ticket.id, at=at, actor=by, into=new.tracking
    )
    live.announce(db, "tickets")
    return new


def _faults(town: Town, part: Part) -> Iterator[Fault]:
    known = {each.key: each for each in town.categories}
    category = known.get(part.category)
    if category is None:
        yield Fault("category", gettext("Choose one of the town's categories."))
    elif category.kind != "information" and not part.place.strip():
        remedy = gettext("Ask where it is: an address, a crossing or a landmark.")
        yield Fault("place", remedy)
    if len(part.place) > LINE_LIMIT:
        remedy = gettext("Shorten this to 200 characters; the rest are directions.")
        yield Fault("place", remedy)


def _intake(ticket: Ticket, part: Part) -> Intake:
    """The point on the map goes with the place, and only while that is the same."""
    same = part.place.strip() == ticket.place
    return Intake(
        client_key=part.client_key,
        category=part.category,
        channel=ticket.channel,
        caller=Caller(language="fr" if ticket.language == "fr" else "en"),
        place=part.place,
        latitude=ticket.latitude if same else None,
        longitude=ticket.longitude if same else None,
        place_kind=ticket.place_kind if same else "described",
        confidence=ticket.location_confidence if same else "described",
        words=part.words,
        parent_id=ticket.id,
    )


def _copies(
    db: TenantSession, ticket: Ticket, part: Part, *, at: datetime
) -> Sequence[Reporter]:
    theirs = db.rows(Reporter).where(
        Reporter.ticket_id == ticket.id, Reporter.id.in_(part.reporters)
    )
    found = db.session.scalars(theirs.order_by(Reporter.joined_at, Reporter.id)).all()
    if not found:
        raise NoSuchReporter(field="reporters")
    keys = (part.client_key, *(new_id() for _ in found[1:]))
    return [
        db.add(_copy(each, key=key, at=at))
        for each, key in zip(found, keys, strict=True)
    ]


def _copy(reporter: Reporter, *, key: UUID, at: datetime) -> Reporter:
    """Who asked without a name asks without one here; their code is the first's."""
    return Reporter(
        ticket_id=reporter.ticket_id,
        client_key=key,
        identity=reporter.identity,
        name=reporter.name,
        phone=reporter.phone,
        email=reporter.email,
        address=reporter.address,
        language=reporter.language,
        tell_by=reporter.tell_by,
        joined_at=at,
    )
