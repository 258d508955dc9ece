"""A ticket as the desk follows it, after saving it and whenever somebody asks."""

from __future__ import annotations

from uuid import UUID

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect, Template
from litestar.status_codes import HTTP_200_OK

import tickets
from portal import levels
from portal.desk import looking
from portal.desk.following import followed
from portal.desk.seat import Seat
from portal.desk.web.queue import queue_page
from portal.levels import NewLevel
from portal.submission import go_on
from townline.errors import Invalid, NotFound, Problem
from townline.i18n import gettext
from townline.web import page

AnyPage = Template | Redirect


@get("/tickets", sync_to_thread=True)
def find_ticket(seat: NamedDependency[Seat], number: FromQuery[str]) -> AnyPage:
    """However the number was said; the queue again when it is nobody's."""
    try:
        slug = seat.slug_of(number)
        with seat.town(slug) as db:
            found = tickets.by_number(db, number)
    except (NotFound, Invalid) as unknown:
        return queue_page(seat, refusal=_why(number, unknown))
    return _to(slug, found.id)


@get("/tickets/{slug:str}/{ticket_id:uuid}", sync_to_thread=True)
def show_ticket(
    slug: FromPath[str], ticket_id: FromPath[UUID], seat: NamedDependency[Seat]
) -> Template:
    return _ticket_page(seat, slug, ticket_id)


@post("/tickets/{slug:str}/{ticket_id:uuid}/level", sync_to_thread=True)
def change_level(
    slug: FromPath[str],
    ticket_id: FromPath[UUID],
    data: URLEncodedBody[NewLevel],
    seat: NamedDependency[Seat],
) -> AnyPage:
    try:
        with seat.town(slug) as db:
            ticket = tickets.get(db, ticket_id)
            levels.change(db, ticket, data, by=seat.person, at=seat.at)
    except Invalid as fault:
        return _ticket_page(seat, slug, ticket_id, typed=data, refused=fault)
    return _to(slug, ticket_id)


@get("/tickets/{slug:str}/{ticket_id:uuid}/relay", sync_to_thread=True)
def show_relay(
    slug: FromPath[str], ticket_id: FromPath[UUID], seat: NamedDependency[Seat]
) -> Template:
    """How its relay stands; the page asks whenever runs change."""
    with seat.town(slug) as db:
        now = followed(db, ticket_id, at=seat.at)
    return page("desk/relay_news.html", followed=now)


def _ticket_page(
    seat: Seat,
    slug: str,
    ticket_id: UUID,
    *,
    typed: NewLevel | None = None,
    refused: Invalid | None = None,
) -> Template:
    """The whole page; ``typed`` is a change of level that was refused, if one was."""
    with seat.town(slug) as db:
        now = followed(db, ticket_id, at=seat.at)
        looking.at_ticket(db, seat, ticket_id, now.reporters)
        form = levels.level_form(
            db, now.ticket, by=seat.person, at=seat.at, typed=typed, refused=refused
        )
    return page(
        "desk/ticket.html",
        status_code=refused.status_code if refused else HTTP_200_OK,
        followed=now,
        levels=form,
        board=seat.board(),
        seat=seat,
    )


def _to(slug: str, ticket_id: UUID) -> Redirect:
    address = f"/desk/tickets/{slug}/{ticket_id}"
    return go_on(address)


def _why(number: str, unknown: Problem) -> str:
    if isinstance(unknown, NotFound):
        sentence = gettext("No ticket of your towns has the number {number}.")
        return sentence.format(number=number)
    return gettext(str(unknown))


ROUTES = (find_ticket, show_ticket, change_level, show_relay)
