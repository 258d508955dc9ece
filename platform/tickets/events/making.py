"""A known event is made, corrected, and ended; each of it is in the log."""

from __future__ import annotations

from datetime import datetime
from typing import Any
from uuid import UUID

from msgspec import Struct, structs
from sqlalchemy.dialects.postgresql import insert

import tenants
from tenants.town import Text, Town
from tickets.events.errors import (
    AreaUnclear,
    EndsBeforeItStarts,
    SentenceNeeded,
    TitleNeeded,
)
from tickets.events.models import KnownEvent
from tickets.models import Ticket
from townline import live, proof
from townline.db import new_id
from townline.errors import Invalid
from townline.i18n import gettext, language, speaking
from townline.proof import Actor
from townline.tenancy import TenantSession

# As far as water, light and traffic of one fault usually reach, in metres.
USUAL_RADIUS = 500.0
LONGEST_RADIUS = 50_000.0
CORNERS = 3
# Two lines on an agent's screen, and what a breath is long enough to say.
WORDS_LIMIT = 400


class EventTerms(Struct, frozen=True, kw_only=True):
    """What people decide about an event. Points are (longitude, latitude)."""

    title: Text
    say: Text
    ending: Text = Text()
    categories: tuple[str, ...] = ()
    center: tuple[float, float] | None = None
    radius: float | None = None
    polygon: tuple[tuple[float, float], ...] = ()
    starts_at: datetime | None = None
    expected_end: datetime | None = None


def make(
    db: TenantSession,
    terms: EventTerms,
    *,
    client_key: UUID,
    at: datetime,
    by: Actor,
    ticket_id: UUID | None = None,
) -> KnownEvent:
    """Once, however often it is sent."""
    refuse(terms)
    if ticket_id is not None:
        db.get(Ticket, ticket_id)
    row: dict[str, Any] = {
        "tenant_id": db.tenant_id,
        "id": new_id(),
        "client_key": client_key,
    }
    row |= {"ticket_id": ticket_id, "author": by.name, "made_at": at}
    row |= _columns(terms, starts_at=terms.starts_at or at)
    once = insert(KnownEvent).values(row).on_conflict_do_nothing()
    made = db.session.scalar(once.returning(KnownEvent.id))
    event = db.session.scalars(
        db.rows(KnownEvent).where(KnownEvent.client_key == client_key)
    ).one()
    if made:
        tell(db, "event.made", event, at=at, by=by, title=event.title)
    return event


def change(
    db: TenantSession, event_id: UUID, terms: EventTerms, *, at: datetime, by: Actor
) -> KnownEvent:
    refuse(terms)
    event = db.get(KnownEvent, event_id, lock=True)
    for name, value in _columns(
        terms, starts_at=terms.starts_at or event.starts_at
    ).items():
        setattr(event, name, value)
    db.session.flush()
    tell(db, "event.changed", event, at=at, by=by, title=event.title)
    return event


def terms_of_ticket(db: TenantSession, ticket: Ticket) -> EventTerms:
    """What one click makes of a ticket: its kind, its place, its promise."""
    town = tenants.rules_of(db, ticket.version_id).town
    here = None
    if ticket.latitude is not None and ticket.longitude is not None:
        here = (ticket.longitude, ticket.latitude)
    title, say, ending = _said_in_both(town, ticket)
    return EventTerms(
        title=title,
        say=say,
        ending=ending,
        categories=(ticket.category,),
        center=here,
        radius=USUAL_RADIUS if here else None,
        expected_end=ticket.promised_at,
    )


def tell(
    db: TenantSession,
    happened: str,
    event: KnownEvent,
    *,
    at: datetime,
    by: Actor,
    **facts: object,
) -> None:
    """On the ticket's line where there is one: that is the story people read."""
    subject = event.ticket_id or event.id
    proof.record(
        db, happened, subject=subject, at=at, actor=by, event_id=event.id, **facts
    )
    live.announce(db, "tickets")


def refuse(terms: EventTerms) -> None:
    """One thing at a time, as everywhere."""
    if not (terms.title.en or terms.title.fr).strip():
        raise TitleNeeded(field="title_en")
    if not (terms.say.en or terms.say.fr).strip():
        raise SentenceNeeded(field="say_en")
    said = (terms.title, terms.say, terms.ending)
    if any(len(words) > WORDS_LIMIT for each in said for words in (each.en, each.fr)):
        raise Invalid(gettext("Shorten this to 400 characters."), field="say_en")
    if terms.starts_at and terms.expected_end and terms.expected_end < terms.starts_at:
        raise EndsBeforeItStarts(field="expected_end")
    _refuse_area(terms)


def _refuse_area(terms: EventTerms) -> None:
    if (terms.center is None) != (terms.radius is None):
        raise AreaUnclear(field="radius")
    if terms.radius is not None and not 0 < terms.radius <= LONGEST_RADIUS:
        raise AreaUnclear(field="radius")
    if 0 < len(terms.polygon) < CORNERS:
        raise AreaUnclear(field="polygon")


def _columns(terms: EventTerms, *, starts_at: datetime) -> dict[str, Any]:
    longitude, latitude = terms.center or (None, None)
    return {
        "title": structs.asdict(terms.title),
        "say": structs.asdict(terms.say),
        "ending": structs.asdict(terms.ending),
        "categories": list(terms.categories),
        "latitude": latitude,
        "longitude": longitude,
        "radius": terms.radius,
        "polygon": [list(corner) for corner in terms.polygon],
        "starts_at": starts_at,
        "expected_end": terms.expected_end,
    }


def _said_in_both(town: Town, ticket: Ticket) -> tuple[Text, ...]:
    with speaking("en"):
        english = _said(town, ticket)
    with speaking("fr"):
        french = _said(town, ticket)
    return tuple(Text(en=en, fr=fr) for en, fr in zip(english, french, strict=True))


def _said(town: Town, ticket: Ticket) -> tuple[str, str, str]:
    """Title, sentence and ending, in the language of the moment."""
    what = town.category(ticket.category).name.in_(language())
    where = ticket.place or town.name.in_(language())
    say = gettext("We know about this: {what}, {place}. A crew has been told.")
    ending = gettext("This is over: {what}, {place}. Call again if it is not.")
    return (
        f"{what}, {where}",
        say.format(what=what, place=where),
        ending.format(what=what, place=where),
    )
