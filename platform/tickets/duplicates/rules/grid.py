"""A grid over the earth: all that is near a point lies in few cells.

A ticket keeps the number of its cell, so that an ordinary index finds its neighbours.
The numbers are stored: SIDE and STRIDE can never change without writing all anew.
"""

from __future__ import annotations

from math import asin, ceil, cos, floor, pi, radians, sin, sqrt

# The earth's mean radius, in metres.
EARTH = 6_371_000.0
METRES_PER_DEGREE = EARTH * pi / 180
# A row's height in degrees: 500 metres, the farthest that two callers who mean the
# same thing were apart in Boston in 99 cases of 100.
SIDE = 0.0045
# More than the equator has columns (80,000): row and column never collide.
STRIDE = 1 << 17


def cell_of(latitude: float, longitude: float) -> int:
    """The number of the cell that holds a point."""
    row = _row(latitude)
    return row * STRIDE + _column(longitude, row) % _columns(row)


def cells_around(latitude: float, longitude: float, *, metres: float) -> list[int]:
    """Every cell that may hold a point at most ``metres`` away; usually nine."""
    reach = metres / METRES_PER_DEGREE
    south, north = max(latitude - reach, -90.0), min(latitude + reach, 90.0)
    widest = max(abs(south), abs(north))
    # Where the circle holds a pole, or nearly, it crosses every meridian.
    across = 180.0 if widest > 89.0 else reach / cos(radians(widest)) * 1.01
    return [
        row * STRIDE + column
        for row in range(_row(south), _row(north) + 1)
        for column in _columns_between(row, longitude - across, longitude + across)
    ]


def metres_between(
    latitude: float, longitude: float, other_latitude: float, other_longitude: float
) -> float:
    """Along the great circle, by the haversine formula."""
    north = sin(radians(other_latitude - latitude) / 2) ** 2
    east = sin(radians(other_longitude - longitude) / 2) ** 2
    chord = north + cos(radians(latitude)) * cos(radians(other_latitude)) * east
    return 2 * asin(sqrt(min(1.0, chord))) * EARTH


def _row(latitude: float) -> int:
    return floor((latitude + 90.0) / SIDE)


def _columns(row: int) -> int:
    """How many columns a row has, each about as wide as the row is high."""
    middle = min((row + 0.5) * SIDE - 90.0, 90.0)
    return max(1, ceil(360.0 * cos(radians(middle)) / SIDE))


def _column(longitude: float, row: int) -> int:
    """Past the antimeridian it goes on; whoever needs a cell takes the remainder."""
    return floor((longitude + 180.0) / 360.0 * _columns(row))


def _columns_between(row: int, west: float, east: float) -> set[int]:
    columns = _columns(row)
    first, last = _column(west, row), _column(east, row)
    if last - first >= columns:
        return set(range(columns))
    return {column % columns for column in range(first, last + 1)}
