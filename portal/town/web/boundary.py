"""Where the town ends: written, or drawn on a map."""

from __future__ import annotations

import msgspec
from litestar import Response, get, post
from litestar.di import NamedDependency, Provide
from litestar.params import URLEncodedBody
from litestar.response import Redirect, Template
from litestar.status_codes import HTTP_200_OK
from msgspec import Struct

from portal.desk.places import MOST_DRAWN, Geography, drawn
from portal.desk.web import geography
from portal.town import boundary, changes
from portal.town.boundary import Ring
from portal.town.hall import Hall
from tenants import places
from tenants.drafting import Assign, editing, mark
from tenants.town import Point, Town
from townline.errors import Conflict, Invalid, Problem
from townline.i18n import gettext
from townline.tenancy import TenantSession

HERE = "/rules/boundary"


class Drawing(Struct, frozen=True):
    """What stands in the field; a button says whether it is kept or only shown."""

    boundary: str = ""
    was: str = ""
    act: str = "keep"


@get(HERE, sync_to_thread=True)
def show_boundary(hall: NamedDependency[Hall]) -> Template:
    with hall.town() as db:
        town = editing(db).town
        drawing = Drawing(boundary.written(town.boundary), mark(town.boundary))
        return _page(hall, db, town, drawing, town.boundary)


@post(HERE, status_code=HTTP_200_OK, sync_to_thread=True)
def change_boundary(
    data: URLEncodedBody[Drawing], hall: NamedDependency[Hall]
) -> Template | Redirect:
    """Kept, shown, or shown again with what is wrong with it."""
    try:
        ring = boundary.read(data.boundary)
        if data.act == "keep":
            changes.edit(hall, Assign(field="boundary", value=ring, was=data.was))
            return hall.to(HERE)
    except (Invalid, Conflict) as refused:
        with hall.town() as db:
            town = editing(db).town
            return _page(hall, db, town, data, town.boundary, refused=refused)
    with hall.town() as db:
        return _page(hall, db, editing(db).town, data, ring)


@get(
    f"{HERE}/map",
    dependencies={"geography": Provide(geography, sync_to_thread=False)},
    sync_to_thread=True,
    media_type="application/json",
)
def show_map(
    hall: NamedDependency[Hall], geography: NamedDependency[Geography]
) -> Response[bytes]:
    """What the drawing stands on: the town's places, and pictures if there are any."""
    with hall.town() as db:
        return Response(msgspec.json.encode(drawn(db, geography)))


def _page(
    hall: Hall,
    db: TenantSession,
    town: Town,
    drawing: Drawing,
    ring: Ring,
    *,
    refused: Problem | None = None,
) -> Template:
    return hall.page(
        "boundary.html",
        town,
        status_code=refused.status_code if refused else HTTP_200_OK,
        drawing=drawing,
        it=boundary.drawn(town, ring, _places(db)),
        remedy=gettext(str(refused)) if refused else "",
    )


def _places(db: TenantSession) -> dict[str, Point]:
    known = places.landmarks(db)[:MOST_DRAWN]
    return {each.name: each.point for each in known if each.point}


ROUTES = (show_boundary, change_boundary, show_map)
