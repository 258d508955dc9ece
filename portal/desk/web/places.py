"""The place of a call: what is typed, the map, whose it is, and where the call goes."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

import msgspec
from litestar import get, post
from litestar.di import NamedDependency, Provide
from litestar.params import FromPath, FromQuery, URLEncodedBody
from litestar.response import Redirect, Response, Template
from litestar.status_codes import HTTP_200_OK

import calls
import tenants
from portal.desk import places
from portal.desk.draft import Draft, read
from portal.desk.places import Geography
from portal.desk.seat import Seat
from portal.desk.sheet import fresh
from portal.submission import go_on
from tenants.places.geocoders import GeocoderRefused, GeocoderSilent
from tenants.town import Point
from townline.web import page

Form = dict[str, str]
HERE = "/calls/{slug:str}/{call_id:uuid}"


@dataclass(frozen=True, slots=True)
class Spot:
    """The point that is chosen on the page, if one is."""

    point: Point | None


def spot(latitude: FromQuery[str] = "", longitude: FromQuery[str] = "") -> Spot:
    return Spot(Draft(latitude=latitude, longitude=longitude).point)


SPOT = {"spot": Provide(spot, sync_to_thread=False)}


@get(f"{HERE}/places", dependencies=SPOT, sync_to_thread=True)
def show_places(
    slug: FromPath[str],
    call_id: FromPath[UUID],
    seat: NamedDependency[Seat],
    geography: NamedDependency[Geography],
    spot: NamedDependency[Spot],
    place: FromQuery[str] = "",
) -> Template:
    with seat.town(slug) as db:
        calls.get(db, call_id)
        found = places.known(db, place, near=spot.point)
    others = geography.geocoder is not None and len(place) >= places.WORTH_ASKING
    return page(
        "desk/places.html",
        found=found,
        typed=place,
        others=others,
        here=_here(slug, call_id),
    )


@get(f"{HERE}/places/others", sync_to_thread=True)
def show_others(
    slug: FromPath[str],
    call_id: FromPath[UUID],
    seat: NamedDependency[Seat],
    geography: NamedDependency[Geography],
    place: FromQuery[str] = "",
) -> Template:
    """What a service outside knows; its silence is a sentence, never a wait."""
    with seat.town(slug) as db:
        calls.get(db, call_id)
        near = places.middle(tenants.current(db).town)
    try:
        found, fault = places.asked(geography, place, near=near), ""
    except (GeocoderSilent, GeocoderRefused) as silent:
        found, fault = (), str(silent)
    return page("desk/other_places.html", found=found, fault=fault)


@get(f"{HERE}/map", sync_to_thread=True, media_type="application/json")
def show_map(
    slug: FromPath[str],
    call_id: FromPath[UUID],
    seat: NamedDependency[Seat],
    geography: NamedDependency[Geography],
) -> Response[bytes]:
    with seat.town(slug) as db:
        calls.get(db, call_id)
        return Response(msgspec.json.encode(places.drawn(db, geography)))


@get(f"{HERE}/whose", dependencies=SPOT, sync_to_thread=True)
def show_whose(
    slug: FromPath[str],
    call_id: FromPath[UUID],
    seat: NamedDependency[Seat],
    spot: NamedDependency[Spot],
) -> Template:
    whose = places.whose(seat, slug, call_id, spot.point)
    with seat.town(slug) as db:
        tongue = fresh(db, whose.call).language
    here = _here(slug, call_id)
    return page("desk/whose.html", whose=whose, tongue=tongue, here=here)


@post(f"{HERE}/town", status_code=HTTP_200_OK, sync_to_thread=True)
def move(
    slug: FromPath[str],
    call_id: FromPath[UUID],
    data: URLEncodedBody[Form],
    seat: NamedDependency[Seat],
) -> Redirect:
    """Nothing that was typed goes along: it was taken down for another town."""
    to = data.get("to", "")
    places.move(seat, slug, call_id, to=to)
    return go_on(_here(to, call_id))


@post(f"{HERE}/referral", status_code=HTTP_200_OK, sync_to_thread=True)
def refer(
    slug: FromPath[str],
    call_id: FromPath[UUID],
    data: URLEncodedBody[Form],
    seat: NamedDependency[Seat],
) -> Redirect:
    with seat.town(slug) as db:
        if read(data).identity == "anonymous":
            calls.forget_caller(db, call_id, at=seat.at)
        places.refer(db, call_id, data.get("neighbour", ""), by=seat.person, at=seat.at)
    return go_on("/desk")


def _here(slug: str, call_id: UUID) -> str:
    return f"/desk/calls/{slug}/{call_id}"


ROUTES = (show_places, show_others, show_map, show_whose, move, refer)
