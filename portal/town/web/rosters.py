"""``/town/{slug}/rules/rosters``: who is on call, and what changes it."""

from __future__ import annotations

from typing import Any

from litestar import Request, get
from litestar.di import NamedDependency
from litestar.response import Template

from portal.town.hall import Hall
from portal.town.rosters.calendar import Asked, Calendar
from portal.town.rosters.pages import roster_page, seen
from townline import localtime

AnyRequest = Request[Any, Any, Any]


@get("/rules/rosters", sync_to_thread=True)
def show_rosters(request: AnyRequest, hall: NamedDependency[Hall]) -> Template:
    with hall.town() as db:
        town = seen(hall, db)
        today = localtime.wall(hall.at, town.time_zone).date()
        asked = Asked.of(request.query_params, today=today)
        it = Calendar(town, asked, hall.at)
        return roster_page(hall, "rosters.html", town, it=it)


ROUTES = (show_rosters,)
