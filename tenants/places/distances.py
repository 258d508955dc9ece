"""How far places are from one another, well enough within a town."""

from __future__ import annotations

from collections.abc import Sequence
from math import cos, hypot, radians

from shapely import geometry, ops

from tenants.town import Point

# shapely ships no type marks.
# mypy: disable-error-code="no-untyped-call"

METRES_A_DEGREE = 111_320
Cloud = geometry.MultiPoint


def metres(one: Point, other: Point) -> float:
    """On a plane: a town is too small to be round."""
    east = (one[0] - other[0]) * cos(radians((one[1] + other[1]) / 2))
    return hypot(east, one[1] - other[1]) * METRES_A_DEGREE


def cloud(points: Sequence[Point]) -> Cloud:
    """Made once for every pair that it is compared in."""
    return geometry.MultiPoint(points)


def closest(some: Cloud, others: Cloud) -> tuple[Point, float]:
    """The middle between the two nearest points, and how far apart they are."""
    one, other = ((each.x, each.y) for each in ops.nearest_points(some, others))
    middle = ((one[0] + other[0]) / 2, (one[1] + other[1]) / 2)
    return middle, metres(one, other)
