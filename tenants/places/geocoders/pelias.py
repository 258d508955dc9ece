"""Pelias' search: OpenAddresses and OpenStreetMap, one's own or geocode.earth's."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from msgspec import Struct

from tenants.places.found import Found, FoundKind
from tenants.places.geocoders.asking import Service
from tenants.town import Point

MOST = 5
# In kilometres: the town, and what its callers confuse with it.
AROUND = 40
KINDS: Mapping[str, FoundKind] = {
    "address": "address",
    "street": "address",
    "intersection": "intersection",
}


@dataclass(frozen=True, slots=True)
class Pelias:
    service: Service

    def find(self, typed: str, *, near: Point) -> Sequence[Found]:
        east, north = (str(each) for each in near)
        key = {"api_key": self.service.key} if self.service.key else {}
        asked = {
            "text": typed,
            "size": str(MOST),
            "focus.point.lat": north,
            "focus.point.lon": east,
            "boundary.circle.lat": north,
            "boundary.circle.lon": east,
            "boundary.circle.radius": str(AROUND),
        }
        answer = self.service.ask("/v1/search", asked | key, _Answer)
        return [_found(each) for each in answer.features]


class _Said(Struct):
    name: str
    layer: str = ""
    accuracy: str = ""
    postalcode: str = ""


class _Geometry(Struct):
    coordinates: Point


class _Feature(Struct):
    properties: _Said
    geometry: _Geometry


class _Answer(Struct):
    """What we read of a GeoJSON answer."""

    features: list[_Feature]


def _found(feature: _Feature) -> Found:
    said, (longitude, latitude) = feature.properties, feature.geometry.coordinates
    point = said.accuracy == "point" and said.layer != "street"
    return Found(
        kind=KINDS.get(said.layer, "landmark"),
        label=said.name,
        latitude=latitude,
        longitude=longitude,
        confidence="exact" if point else "near",
        zip=said.postalcode,
        source="Pelias",
    )
