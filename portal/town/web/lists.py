"""The list of tickets, narrowed as its address says, and the same on a map."""

from __future__ import annotations

from typing import Any

from litestar import Request, get
from litestar.di import NamedDependency, Provide
from litestar.response import Template
from litestar.status_codes import HTTP_200_OK

import tenants
from portal.desk.places import Geography
from portal.desk.web import geography
from portal.town.hall import Hall
from portal.town.tickets.filters import Asked
from portal.town.tickets.listing import choices, listing_of
from portal.town.tickets.mapping import TicketMap, drawn, on_map
from portal.town.tickets.saved_views import views_of
from townline.errors import Invalid

AnyRequest = Request[Any, Any, Any]


@get("/tickets", sync_to_thread=True)
def list_tickets(request: AnyRequest, hall: NamedDependency[Hall]) -> Template:
    given = dict(request.query_params)
    return list_page(hall, Asked.of(given), after=given.get("after", ""))


@get("/tickets/map", sync_to_thread=True)
def show_map(request: AnyRequest, hall: NamedDependency[Hall]) -> Template:
    asked = Asked.of(dict(request.query_params))
    with hall.town() as db:
        town = tenants.current(db).town
        return hall.page(
            "tickets_map.html",
            town,
            it=on_map(db, asked, town, hall),
            offered=choices(db, town, hall),
        )


@get(
    "/tickets/map.json",
    dependencies={"geography": Provide(geography, sync_to_thread=False)},
    sync_to_thread=True,
)
def draw_map(
    request: AnyRequest,
    hall: NamedDependency[Hall],
    geography: NamedDependency[Geography],
) -> TicketMap:
    asked = Asked.of(dict(request.query_params))
    with hall.town() as db:
        town = tenants.current(db).town
        return drawn(on_map(db, asked, town, hall), town, hall, geography)


def list_page(
    hall: Hall,
    asked: Asked,
    *,
    after: str = "",
    status_code: int = HTTP_200_OK,
    typed: str = "",
    refused: Invalid | None = None,
) -> Template:
    """The whole page; ``typed`` is a name that was refused for a view, if one was."""
    with hall.town() as db:
        town = tenants.current(db).town
        return hall.page(
            "tickets.html",
            town,
            status_code=status_code,
            it=listing_of(db, asked, hall, after=after),
            offered=choices(db, town, hall),
            views=views_of(db, hall, asked, typed=typed, refused=refused),
        )


ROUTES = (list_tickets, show_map, draw_map)
