"""One of the town's tickets, as it is now."""

from __future__ import annotations

from uuid import UUID

from litestar import Response, get
from litestar.datastructures import CacheControlHeader
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery
from litestar.response import Template
from litestar.status_codes import HTTP_200_OK, HTTP_204_NO_CONTENT

import tenants
import tickets
from portal.levels import level_form
from portal.town.hall import Hall
from portal.town.tickets import looking
from portal.town.tickets.file import TicketFile, file_of
from townline.db import new_id
from townline.errors import NotFound
from townline.tenancy import TenantSession

# A photo never changes. Nothing in it may run, were it ever shown by itself.
PHOTO = {
    "cache-control": CacheControlHeader(
        max_age=86_400, private=True, immutable=True
    ).to_header(),
    "content-security-policy": "default-src 'none'; sandbox",
    "x-content-type-options": "nosniff",
}

# What a form that was refused fills in: which act it was, what is wrong and where.
NOTHING_TYPED = {"refused": None, "typed": None, "act": "", "wrong": ""}


@get("/tickets/{tracking:str}", sync_to_thread=True)
def show_ticket(tracking: FromPath[str], hall: NamedDependency[Hall]) -> Template:
    with hall.town() as db:
        return ticket_page(db, tracking, hall=hall)


@get("/tickets/{tracking:str}/timeline", sync_to_thread=True)
def show_timeline(
    tracking: FromPath[str], hall: NamedDependency[Hall], seen: FromQuery[int] = 0
) -> Template | Response[None]:
    """What happened since entry ``seen``; nothing, so that nobody's place is lost."""
    with hall.town() as db:
        it = file_of(db, hall.ticket(db, tracking), at=hall.at)
        if it.last == seen:
            return Response(None, status_code=HTTP_204_NO_CONTENT)
        looking.at_ticket(db, hall, it)
        return hall.page("news.html", tenants.current(db).town, it=it)


@get("/tickets/{tracking:str}/photos/{photo_id:uuid}", sync_to_thread=True)
def show_photo(
    tracking: FromPath[str], photo_id: FromPath[UUID], hall: NamedDependency[Hall]
) -> Response[bytes]:
    with hall.town() as db:
        ticket = hall.ticket(db, tracking)
        photo = tickets.photo(db, photo_id)
        if photo.ticket_id != ticket.id:
            raise NotFound
        return Response(photo.body, media_type=photo.media_type, headers=PHOTO)


def ticket_page(
    db: TenantSession,
    tracking: str,
    *,
    hall: Hall,
    status_code: int = HTTP_200_OK,
    **form: object,
) -> Template:
    """The whole page; ``form`` is what was typed and refused, if anything was."""
    ticket = hall.ticket(db, tracking)
    it: TicketFile = file_of(db, ticket, at=hall.at)
    looking.at_ticket(db, hall, it)
    levels = level_form(db, ticket, by=hall.person, at=hall.at)
    return hall.page(
        "ticket.html",
        tenants.current(db).town,
        status_code=status_code,
        it=it,
        assignees=tickets.assignees(db, ticket.department) if it.is_open else (),
        key=new_id(),
        **{**NOTHING_TYPED, "levels": levels, **form},
    )


ROUTES = (show_ticket, show_timeline, show_photo)
