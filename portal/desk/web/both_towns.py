"""The page between two towns, and each town's own sign on a browser's tab."""

from __future__ import annotations

from collections.abc import Mapping
from uuid import UUID

from litestar import Response, get
from litestar.di import NamedDependency
from litestar.params import FromPath, FromQuery
from litestar.response import Template
from litestar.status_codes import HTTP_409_CONFLICT

import tenants
from portal.desk import one_town
from portal.desk.one_town import Elsewhere
from portal.desk.rules import ink_on
from portal.desk.seat import Seat
from tenants.town import Town
from townline.web import page

SIGN = (
    '<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 32 32">'
    '<rect width="32" height="32" rx="7" fill="{paper}"/>'
    '<text x="16" y="22" font-family="sans-serif" font-size="16" font-weight="700"'
    ' text-anchor="middle" fill="{ink}">{letters}</text></svg>'
)


@get("/towns/{slug:str}/mark.svg", sync_to_thread=True)
def show_mark(slug: FromPath[str], seat: NamedDependency[Seat]) -> Response[str]:
    """A tab shows whose call it is before anybody has read its title."""
    town = _town(seat, slug)
    sign = SIGN.format(paper=town.color, ink=ink_on(town.color), letters=town.monogram)
    return Response(sign, media_type="image/svg+xml")


@get("/calls/{slug:str}/{call_id:uuid}/elsewhere", sync_to_thread=True)
def show_elsewhere(
    slug: FromPath[str],
    call_id: FromPath[UUID],
    seat: NamedDependency[Seat],
    also: FromQuery[str] = "",
) -> Template:
    """Asked by every open tab whenever calls change."""
    _town(seat, slug)
    return page("desk/elsewhere.html", live=one_town.elsewhere(seat, slug))


def two_towns(
    seat: Seat,
    slug: str,
    live: Elsewhere,
    address: str,
    *,
    form: Mapping[str, str] | None = None,
) -> Template:
    """Nothing was done: what was sent is on the page, to be sent knowingly."""
    return page(
        "desk/two_towns.html",
        status_code=HTTP_409_CONFLICT,
        live=live,
        this=_town(seat, slug),
        address=address,
        form=form,
        seat=seat,
    )


def _town(seat: Seat, slug: str) -> Town:
    with seat.town(slug) as db:
        return tenants.current(db).town


ROUTES = (show_mark, show_elsewhere)
