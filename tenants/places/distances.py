"""How far places are from one another, well enough within a town."""

from __future__ import annotations

from collections.abc import Sequence
from math import cos, hypot, radians

from shapely import geometry, ops

from tenants.town import Point

# shapely ships no type marks.
# mypy: disable-error-code="no-untyped-call"

METRES_A_DEGREE = 111_320


def metres(one: Point, other: Point) -> float:
    """On a plane: a town is too small to be round."""
    east = (one[0] - other[0]) * cos(radians((one[1] + other[1]) / 2))
    return hypot(east, one[1] - other[1]) * METRES_A_DEGREE


def closest(some: Sequence[Point], others: Sequence[Point]) -> tuple[Point, float]:
    """The middle between the two nearest points, and how far apart they are."""
    pair = ops.nearest_points(geometry.MultiPoint(some), geometry.MultiPoint(others))
    (east, north), (far_east, far_north) = ((p.x, p.y) for p in pair)
    middle = ((east + far_east) / 2, (north + far_north) / 2)
    return middle, metres((east, north), (far_east, far_north))
