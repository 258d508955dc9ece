"""The list of tickets, narrowed as its address says."""

from __future__ import annotations

from typing import Any

from litestar import Request, get
from litestar.di import NamedDependency
from litestar.response import Template

import tenants
from portal.town.asking import Asked
from portal.town.hall import Hall
from portal.town.listing import choices, listing_of

AnyRequest = Request[Any, Any, Any]


@get("/tickets", sync_to_thread=True)
def list_tickets(request: AnyRequest, hall: NamedDependency[Hall]) -> Template:
    asked = dict(request.query_params)
    with hall.town() as db:
        town = tenants.current(db).town
        it = listing_of(db, Asked.of(asked), hall, after=asked.get("after", ""))
        offered = choices(db, town, hall)
        return hall.page("tickets.html", town, it=it, offered=offered)


ROUTES = (list_tickets,)
