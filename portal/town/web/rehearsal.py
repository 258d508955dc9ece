"""What would happen, and what would go wrong: asked by a person, and only read."""

from __future__ import annotations

from typing import Any

from litestar import Request, get
from litestar.di import NamedDependency
from litestar.response import Template

import tenants
from portal.town.checkup import checkup
from portal.town.hall import Hall
from portal.town.rehearsal import Asked, rehearsed


@get("/rules/rehearsal", sync_to_thread=True)
def show_rehearsal(
    request: Request[Any, Any, Any], hall: NamedDependency[Hall]
) -> Template:
    with hall.town() as db:
        town = tenants.current(db).town
    asked = Asked.of(town, dict(request.query_params), at=hall.at)
    return hall.page("rehearsal.html", town, it=rehearsed(asked, held=town))


@get("/rules/checkup", sync_to_thread=True)
def show_checkup(hall: NamedDependency[Hall]) -> Template:
    with hall.town() as db:
        town = tenants.current(db).town
        return hall.page("checkup.html", town, it=checkup(db, town, at=hall.at))


ROUTES = (show_rehearsal, show_checkup)
