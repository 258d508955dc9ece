"""A ticket as the desk follows it, after saving it and whenever somebody asks."""

from __future__ import annotations

from uuid import UUID

from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery
from litestar.response import Redirect, Template
from litestar.status_codes import HTTP_303_SEE_OTHER

import tickets
from portal.desk.following import followed
from portal.desk.seat import Seat
from portal.desk.web.queue import queue_page
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
            found = tickets.by_tracking(db, number)
    except (NotFound, Invalid) as unknown:
        return queue_page(seat, refusal=_why(number, unknown))
    return Redirect(f"/desk/tickets/{slug}/{found.id}", status_code=HTTP_303_SEE_OTHER)


@get("/tickets/{slug:str}/{ticket_id:uuid}", sync_to_thread=True)
def show_ticket(
    slug: FromPath[str], ticket_id: FromPath[UUID], seat: NamedDependency[Seat]
) -> Template:
    with seat.town(slug) as db:
        now = followed(db, ticket_id, at=seat.at)
    return page("desk/ticket.html", followed=now, board=seat.board(), seat=seat)


@get("/tickets/{slug:str}/{ticket_id:uuid}/relay", sync_to_thread=True)
def show_relay(
    slug: FromPath[str], ticket_id: FromPath[UUID], seat: NamedDependency[Seat]
) -> Template:
    """How its relay stands; the page asks whenever runs change."""
    with seat.town(slug) as db:
        return page("desk/relay.html", followed=followed(db, ticket_id, at=seat.at))


def _why(number: str, unknown: Problem) -> str:
    if isinstance(unknown, NotFound):
        sentence = gettext("No ticket of your towns has the number {number}.")
        return sentence.format(number=number)
    return gettext(str(unknown))


ROUTES = (find_ticket, show_ticket, show_relay)
