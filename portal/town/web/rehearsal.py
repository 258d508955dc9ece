"""What would happen, and what would go wrong: asked by a person, and only read."""

from __future__ import annotations

from typing import Any

from litestar import Request, get
from litestar.di import NamedDependency
from litestar.response import Template

from portal.town import findings
from portal.town.checkup import checkup
from portal.town.hall import Hall
from portal.town.policies.pages import Desk
from portal.town.rehearsal import Asked


@get("/rules/rehearsal", sync_to_thread=True)
def show_rehearsal(
    request: Request[Any, Any, Any], hall: NamedDependency[Hall]
) -> Template:
    """On what holds, and beside it on the draft, if there is one."""
    with hall.town() as db:
        desk = Desk.of(db)
    asked = Asked.of(desk.town, dict(request.query_params), at=hall.at)
    it = desk.trial(asked) or desk.trial_of_what_holds(asked)
    return hall.page("rehearsal.html", desk.town, it=it, desk=desk)


@get("/rules/checkup", sync_to_thread=True)
def show_checkup(hall: NamedDependency[Hall]) -> Template:
    """Of the draft, if there is one: what holds has been checked."""
    with hall.town() as db:
        desk = Desk.of(db)
        town = desk.town if desk.is_sound else desk.held
        it = checkup(db, town, at=hall.at)
    return hall.page("checkup.html", town, it=it, desk=desk, findings=findings)


ROUTES = (show_rehearsal, show_checkup)
