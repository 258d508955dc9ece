"""Nominatim's search: OpenStreetMap, on a server of one's own or a hired one."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from msgspec import Struct, field

from tenants.places.found import Found, FoundKind, door
from tenants.places.geocoders.asking import Service
from tenants.town import Point

MOST = 5
# Half a degree either way: the town, and what its callers confuse with it.
AROUND = 0.5
# What OpenStreetMap calls a thing that has an address of its own.
HOUSES = frozenset(("building", "place", "house"))


@dataclass(frozen=True, slots=True)
class Nominatim:
    service: Service

    def find(self, typed: str, *, near: Point) -> Sequence[Found]:
        east, north = near
        key = {"key": self.service.key} if self.service.key else {}
        west, south = east - AROUND, north - AROUND
        asked = {
            "q": typed,
            "format": "jsonv2",
            "addressdetails": "1",
            "limit": str(MOST),
            "bounded": "1",
            "viewbox": f"{west},{north + AROUND},{east + AROUND},{south}",
        }
        answer = self.service.ask("/search", asked | key, list[_Place])
        return [_found(each) for each in answer]


class _Address(Struct):
    house_number: str = ""
    road: str = ""
    postcode: str = ""


class _Place(Struct):
    """What we read of an answer in its format ``jsonv2``."""

    lat: float
    lon: float
    display_name: str
    name: str | None = None
    category: str = ""
    address: _Address = field(default_factory=_Address)


def _found(each: _Place) -> Found:
    number, road = each.address.house_number, each.address.road
    kind: FoundKind = "address" if road else "landmark"
    label = door(number, road) if number and road else each.name or road
    return Found(
        kind=kind,
        label=label or each.display_name.split(",")[0],
        latitude=each.lat,
        longitude=each.lon,
        confidence="exact" if number and each.category in HOUSES else "near",
        zip=each.address.postcode,
        source="Nominatim",
    )
