"""A ticket as the desk follows it, after saving it and whenever somebody asks."""

from __future__ import annotations

from uuid import UUID

from litestar import get
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Template

from portal.desk.following import followed
from portal.desk.seat import Seat
from townline.web import page


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


ROUTES = (show_ticket, show_relay)
