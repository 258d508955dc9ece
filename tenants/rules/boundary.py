"""Whether a place is the town's to look after."""

from __future__ import annotations

from functools import lru_cache

from shapely import geometry, prepared, validation

from tenants.town import Point, Town

# shapely ships no type marks; this is the one module that calls it.
# mypy: disable-error-code="no-untyped-call"


def inside(town: Town, point: Point) -> bool:
    """Whether ``(longitude, latitude)`` lies in the town, its very edge included."""
    return bool(_area(town.boundary).covers(geometry.Point(point)))


def fault(boundary: tuple[Point, ...]) -> str:
    """What keeps a ring from enclosing an area, or nothing: '' is a sound boundary."""
    if len(boundary) < 4:
        return "it has fewer than four points"
    if boundary[0] != boundary[-1]:
        return "its last point is not its first"
    reason = str(validation.explain_validity(geometry.Polygon(boundary)))
    return "" if reason == "Valid Geometry" else reason


@lru_cache(maxsize=256)
def _area(boundary: tuple[Point, ...]) -> prepared.PreparedGeometry:
    area: prepared.PreparedGeometry = prepared.prep(geometry.Polygon(boundary))
    return area
