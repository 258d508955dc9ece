"""The page of one relay: asked, yours, taken by somebody else, or closed."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from urllib.parse import quote

from litestar.response import Template
from litestar.status_codes import HTTP_200_OK, HTTP_422_UNPROCESSABLE_ENTITY

import escalation
import tenants
import tickets
from escalation import Line, Standing
from portal.answers import Answered, answers
from portal.crew.rules import Stance, Step, stance, steps
from portal.crew.visits import Visit
from tenants.town import Category, Town
from tickets import Closure, Note, Photo, Shown, Ticket
from townline import looks, proof
from townline.i18n import language
from townline.looks import Seen
from townline.web import page

PAGES: dict[Stance, str] = {
    "asked": "crew/relay.html",
    "yours": "crew/yours.html",
    "taken": "crew/elsewhere.html",
    "closed": "crew/elsewhere.html",
}
# On these a crew reads who called, where the caller lets them.
NAMED: frozenset[Stance] = frozenset({"asked", "yours"})
MAPS = "https://www.google.com/maps/dir/?api=1&destination="


@dataclass(frozen=True, slots=True)
class Refused:
    """Why nothing was sent, where to look, and the note that was typed."""

    words: str
    field: str | None
    note: str


@dataclass(frozen=True, slots=True, kw_only=True)
class View:
    """What the templates call ``it``."""

    address: str
    name: str
    code: str | None
    ticket: Ticket
    category: Category
    directions: str
    answers: tuple[Answered, ...]
    reporters: int
    callers: tuple[Shown, ...]
    notes: Sequence[Note]
    photos: Sequence[Photo]
    steps: tuple[Step, ...]
    taken_at: datetime | None
    holder: str
    declined: bool
    next: Line | None
    closure: Closure | None


def relay_page(visit: Visit, *, refused: Refused | None = None) -> Template:
    town = tenants.rules_of(visit.db, visit.ticket.version_id).town
    standing = escalation.state_of(visit.db, visit.ticket.id)
    asked = stance(
        closed=visit.ticket.closed_at is not None,
        settled=standing is not None and standing.state == "accepted",
        holders={each.contact for each in standing.holders} if standing else (),
        reader=visit.contact,
    )
    it = _view(visit, town, standing)
    if asked in NAMED:
        _keep_look(visit, len(it.callers))
    return page(
        PAGES[asked],
        status_code=HTTP_422_UNPROCESSABLE_ENTITY if refused else HTTP_200_OK,
        it=it,
        town=town,
        zone=town.time_zone,
        refused=refused,
    )


def _keep_look(visit: Visit, residents: int) -> None:
    seen = Seen("ticket", visit.ticket.id, residents)
    looks.looked_at_each(visit.db, [seen], door="crew", by=visit.actor, at=visit.at)


def _view(visit: Visit, town: Town, standing: Standing | None) -> View:
    db, ticket = visit.db, visit.ticket
    reporters = tickets.reporters(db, ticket.id)
    shown = (each.shown_to("crew") for each in reporters)
    said: dict[str, datetime]
    said = {each.kind: each.at for each in tickets.milestones(db, ticket.id)}
    due: dict[str, datetime]
    due = {kind: at for kind, at in standing.due.items()} if standing else {}
    holders = standing.holders if standing else ()
    category = town.category(ticket.category)
    return View(
        address=visit.address,
        name=visit.notification.recipient_name,
        code=visit.notification.code,
        ticket=ticket,
        category=category,
        directions=_directions(ticket, town),
        answers=tuple(answers(ticket, category)),
        reporters=len(reporters),
        callers=tuple(each for each in shown if each.name or each.phone),
        notes=tickets.notes(db, ticket.id),
        photos=tickets.photos(db, ticket.id),
        steps=steps(said, due),
        taken_at=standing.accepted_at if standing else None,
        holder=" & ".join(each.name for each in holders),
        declined=_has_declined(visit),
        next=_next(visit),
        closure=tickets.closure(db, ticket.id),
    )


def _directions(ticket: Ticket, town: Town) -> str:
    """A map is somebody else's: it learns where, and nothing of what or who."""
    if ticket.latitude is not None and ticket.longitude is not None:
        return f"{MAPS}{ticket.latitude},{ticket.longitude}"
    return MAPS + quote(f"{ticket.place}, {town.name.in_(language())}")


def _has_declined(visit: Visit) -> bool:
    """Since this message was promised: when asked again, they may think again."""
    return any(
        entry.event == "relay.declined"
        and entry.actor == str(visit.actor)
        and entry.at >= visit.notification.promised_at
        for entry in proof.timeline(visit.db, visit.ticket.id)
    )


def _next(visit: Visit) -> Line | None:
    lines = escalation.happens_next(visit.db, visit.ticket.id, at=visit.at)
    name = visit.notification.recipient_name
    return next((each for each in lines if each.name != name), None)
