"""Where the town ends: read from what was written or drawn, and shown as a shape."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from itertools import pairwise
from math import cos, radians

from msgspec import structs

from tenants.rules import boundary as ring
from tenants.rules import inside
from tenants.town import Point, Town
from townline.errors import Invalid
from townline.i18n import gettext

Ring = tuple[Point, ...]
# A degree of latitude; one of longitude shrinks with the cosine of the latitude.
KILOMETRES = 111.32
# Six decimals are a hand's breadth; surveys give no more.
DECIMALS = 6
# Leaves room around the shape, as a part of its size.
MARGIN = 0.06
# The drawing's width in its own units; one of them is about a pixel.
WIDTH = 640

_NUMBER = re.compile(r"[-+]?\d+(?:[.,]\d+)?")


class Unreadable(Invalid):
    """Write a corner a line, its latitude before its longitude, or paste GeoJSON."""


class NotOneArea(Invalid):
    """A boundary is one area without holes; leave the other rings out."""


class EnclosesNothing(Invalid):
    """It encloses no area."""


@dataclass(frozen=True, slots=True)
class Shape:
    """A drawing that needs no script; ``points`` are as SVG has them."""

    points: str
    height: int
    places: Sequence[tuple[float, float]]


@dataclass(frozen=True, slots=True, kw_only=True)
class Drawn:
    """``outside`` are the town's own places that would be somebody else's."""

    corners: int
    square_kilometres: float
    outside: tuple[str, ...]
    shape: Shape


def written(boundary: Ring) -> str:
    """A corner a line, as it is read again; that the ring is closed goes unsaid."""
    return "\n".join(
        f"{_plain(north)}, {_plain(east)}" for east, north in boundary[:-1]
    )


def read(text: str) -> Ring:
    """Corners or GeoJSON, closed if need be; Invalid says what is wrong with it."""
    found = tuple(_geojson(text) if text.lstrip().startswith("{") else _corners(text))
    if found and found[0] != found[-1]:
        found = (*found, found[0])
    if any(abs(east) > 180 or abs(north) > 90 for east, north in found):
        raise Unreadable(field="boundary")
    if len(found) < 4:
        raise EnclosesNothing(
            gettext("It needs three corners at least."), field="boundary"
        )
    if ring.fault(found):
        words = gettext("Its lines cross each other or enclose nothing: draw it anew.")
        raise EnclosesNothing(words, field="boundary")
    return found


def drawn(town: Town, boundary: Ring, places: Mapping[str, Point]) -> Drawn:
    with_it = structs.replace(town, boundary=boundary)
    outside = (name for name, point in places.items() if not inside(with_it, point))
    return Drawn(
        corners=len(boundary) - 1,
        square_kilometres=_area(boundary),
        outside=tuple(outside),
        shape=_shape(boundary, tuple(places.values())),
    )


def _plain(degrees: float) -> str:
    return f"{degrees:.{DECIMALS}f}".rstrip("0").rstrip(".")


def _corners(text: str) -> Iterator[Point]:
    for line in filter(str.strip, text.splitlines()):
        numbers = _NUMBER.findall(line)
        if len(numbers) != 2:
            raise Unreadable(field="boundary")
        north, east = (float(each.replace(",", ".")) for each in numbers)
        yield east, north


def _geojson(text: str) -> Iterator[Point]:
    """The one ring of a polygon, however it is wrapped."""
    try:
        value = json.loads(text)
    except ValueError:
        raise Unreadable(field="boundary") from None
    rings = list(_rings(value))
    if len(rings) != 1:
        raise NotOneArea(field="boundary")
    for corner in rings[0]:
        match corner:
            case [int() | float() as east, int() | float() as north, *_]:
                yield float(east), float(north)
            case _:
                raise Unreadable(field="boundary")


def _rings(value: object) -> Iterator[list[object]]:
    match value:
        case {"type": "FeatureCollection", "features": [*features]}:
            for each in features:
                yield from _rings(each)
        case {"type": "Feature", "geometry": geometry}:
            yield from _rings(geometry)
        case {"type": "Polygon", "coordinates": [*rings]}:
            yield from (each for each in rings if isinstance(each, list))
        case {"type": "MultiPolygon", "coordinates": [*polygons]}:
            for rings in polygons:
                yield from _rings({"type": "Polygon", "coordinates": rings})
        case _:
            raise Unreadable(field="boundary")


def _area(boundary: Ring) -> float:
    """In square kilometres, as on a plane: towns are small."""
    wide = KILOMETRES * cos(radians(_middle(boundary)))
    flat = [(east * wide, north * KILOMETRES) for east, north in boundary]
    return abs(sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(flat))) / 2


def _middle(boundary: Ring) -> float:
    norths = [north for _, north in boundary]
    return (min(norths) + max(norths)) / 2


def _shape(boundary: Ring, places: Sequence[Point]) -> Shape:
    """North is up, and a kilometre as long to the east as to the north."""
    squeeze = cos(radians(_middle(boundary)))
    easts = [east * squeeze for east, _ in boundary]
    norths = [north for _, north in boundary]
    left, top = min(easts), max(norths)
    wide, high = max(easts) - left, top - min(norths)
    margin = MARGIN * max(wide, high)
    scale = WIDTH / (wide + 2 * margin)

    def placed(point: Point) -> tuple[float, float]:
        across = (point[0] * squeeze - left + margin) * scale
        return round(across, 1), round((top - point[1] + margin) * scale, 1)

    return Shape(
        points=" ".join(f"{x},{y}" for x, y in map(placed, boundary)),
        height=round((high + 2 * margin) * scale),
        places=[placed(each) for each in places],
    )
