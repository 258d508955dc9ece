"""``/town/{slug}/start``: a manager makes a new town their own, and tries it."""

from __future__ import annotations

from uuid import UUID

from litestar import get, post
from litestar.di import NamedDependency
from litestar.params import FromQuery, URLEncodedBody
from litestar.response import Redirect, Template
from litestar.status_codes import (
    HTTP_200_OK,
    HTTP_422_UNPROCESSABLE_ENTITY,
)

import escalation
from portal import drills
from portal.drills import Tried
from portal.town import start
from portal.town.hall import Hall
from tenants import drafting
from townline.errors import Invalid, Problem
from townline.i18n import gettext

Form = dict[str, str]
UNDER = "categories."


@get("/start", sync_to_thread=True)
def show_start(
    hall: NamedDependency[Hall], drill: FromQuery[UUID | None] = None
) -> Template:
    return _page(hall, Tried(), drill_id=drill)


@post("/start/drill", sync_to_thread=True)
def try_telephone(
    data: URLEncodedBody[Form], hall: NamedDependency[Hall]
) -> Template | Redirect:
    tried = Tried.read(data)
    try:
        with hall.town() as db:
            drill_id = drills.begin(
                db, tried, person=hall.person, by=hall.actor, at=hall.at
            )
    except (Invalid, drills.TooManyDrills) as refused:
        return _page(hall, tried, refused=refused)
    return hall.to(f"/start?drill={drill_id}#drill")


@get("/start/catalogue", sync_to_thread=True)
def show_catalogue(hall: NamedDependency[Hall]) -> Template:
    return _catalogue(hall)


@post("/start/catalogue", sync_to_thread=True)
def take_from_catalogue(
    data: URLEncodedBody[Form], hall: NamedDependency[Hall]
) -> Template | Redirect:
    keys = [e.removeprefix(UNDER) for e in data if e.startswith(UNDER)]
    try:
        with hall.town() as db:
            start.take(db, hall, keys)
    except start.NothingChosen as refused:
        return _catalogue(hall, refused=refused)
    return hall.to("/start")


def _page(
    hall: Hall,
    tried: Tried,
    *,
    drill_id: UUID | None = None,
    refused: Problem | None = None,
) -> Template:
    with hall.town() as db:
        drill = escalation.how_it_came(db, drill_id) if drill_id else None
        it = start.beginning_of(db, at=hall.at, drill=drill)
        return hall.page(
            "start.html",
            it.editing.town,
            status_code=refused.status_code if refused else HTTP_200_OK,
            it=it,
            tried=tried,
            refused=gettext(str(refused)) if refused else "",
        )


def _catalogue(hall: Hall, *, refused: Invalid | None = None) -> Template:
    with hall.town() as db:
        town = drafting.editing(db).town
        return hall.page(
            "catalogue.html",
            town,
            status_code=HTTP_422_UNPROCESSABLE_ENTITY if refused else HTTP_200_OK,
            groups=start.offered(town),
            refused=gettext(str(refused)) if refused else "",
        )


ROUTES = (show_start, try_telephone, show_catalogue, take_from_catalogue)
