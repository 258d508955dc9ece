"""``/town/{slug}/rules/rosters``: who is on call, and one shift of it."""

from __future__ import annotations

from typing import Any

from litestar import Request, get
from litestar.di import NamedDependency
from litestar.params import FromPath
from litestar.response import Template

from portal.town.hall import Hall
from portal.town.rosters.asked import Asked
from portal.town.rosters.calendar import Calendar
from portal.town.rosters.pages import roster_page, seen
from portal.town.rosters.people import is_theirs
from portal.town.rosters.shift import asked_times, shift_page
from tenants import duty
from townline import localtime

AnyRequest = Request[Any, Any, Any]


@get("/rules/rosters", sync_to_thread=True)
def show_rosters(request: AnyRequest, hall: NamedDependency[Hall]) -> Template:
    with hall.town() as db:
        here = seen(hall, db, of=request.query_params.get("of", ""))
        today = localtime.wall(hall.at, here.town.time_zone).date()
        asked = Asked.of(request.query_params, today=today)
        it = Calendar(here.town, asked, hall.at)
        said = request.query_params.get("said", "")
        asked_for = duty.waiting(db, at=hall.at)
        return roster_page(
            hall, "rosters.html", here, it=it, said=said, asked=asked_for
        )


@get("/rules/rosters/{key:str}/shift", sync_to_thread=True)
def show_shift(
    request: AnyRequest, key: FromPath[str], hall: NamedDependency[Hall]
) -> Template:
    with hall.town() as db:
        here = seen(hall, db)
        roster, zone = here.town.roster(key), here.town.time_zone
        since, until = asked_times(request.query_params, at=hall.at, zone=zone)
        it = shift_page(here.town, roster, since=since, until=until)
        theirs = is_theirs(here.town, roster, hall.departments)
        return roster_page(hall, "roster_shift.html", here, it=it, theirs=theirs)


ROUTES = (show_rosters, show_shift)
