"""The list and one ticket in JSON, for whoever signed in and for a town's programs."""

from __future__ import annotations

from typing import Any

from litestar import Request, get
from litestar.di import NamedDependency
from litestar.params import FromPath

from portal.town.hall import Hall
from portal.town.tickets import programs
from portal.town.tickets.filters import Asked
from portal.town.tickets.listing import listing_of
from portal.town.tickets.programs import Page, Whole

AnyRequest = Request[Any, Any, Any]


@get("/tickets.json", sync_to_thread=True)
def list_for_programs(request: AnyRequest, hall: NamedDependency[Hall]) -> Page:
    """With the filters of the page, a page at a time."""
    asked = dict(request.query_params)
    with hall.town() as db:
        it = listing_of(db, Asked.of(asked), hall, after=asked.get("after", ""))
        return programs.page_of(hall, it)


@get("/tickets/{tracking:str}/ticket.json", sync_to_thread=True)
def ticket_for_programs(tracking: FromPath[str], hall: NamedDependency[Hall]) -> Whole:
    with hall.town() as db:
        return programs.ticket_of(db, hall, tracking)


ROUTES = (list_for_programs, ticket_for_programs)
