"""Whatever is near a point is in one of the cells around it, anywhere on earth."""

from __future__ import annotations

from math import cos, radians

import pytest
from hypothesis import given
from hypothesis import strategies as st

from tickets.duplicates import cell_of, cells_around
from tickets.duplicates.rules.grid import METRES_PER_DEGREE, metres_between

LATITUDES = st.floats(-90, 90)
LONGITUDES = st.floats(-180, 180)
RADIUS = 500.0


@given(LATITUDES, LONGITUDES, st.floats(-1, 1), st.floats(-1, 1))
def test_the_cells_around_hold_every_neighbour(
    latitude: float, longitude: float, north: float, east: float
) -> None:
    there = max(-90.0, min(90.0, latitude + north * RADIUS / METRES_PER_DEGREE))
    across = RADIUS / METRES_PER_DEGREE / max(cos(radians(there)), 1e-4)
    beyond = (longitude + east * across + 180.0) % 360.0 - 180.0

    near = metres_between(latitude, longitude, there, beyond) <= RADIUS

    if near:
        assert cell_of(there, beyond) in cells_around(
            latitude, longitude, metres=RADIUS
        )


@given(st.floats(-70, 70), LONGITUDES)
def test_where_people_live_there_are_few_cells_to_look_at(
    latitude: float, longitude: float
) -> None:
    assert len(cells_around(latitude, longitude, metres=RADIUS)) <= 16


@given(LATITUDES, LONGITUDES)
def test_a_cell_fits_into_the_database(latitude: float, longitude: float) -> None:
    assert 0 <= cell_of(latitude, longitude) < 2**63


@pytest.mark.parametrize(
    ("one", "other"),
    [
        pytest.param((42.3, -180.0), (42.3, 180.0), id="the antimeridian is one line"),
        pytest.param((90.0, 0.0), (90.0, 77.0), id="the pole is one point"),
    ],
)
def test_one_place_written_twice_is_found(
    one: tuple[float, float], other: tuple[float, float]
) -> None:
    assert cell_of(*other) in cells_around(*one, metres=RADIUS)


def test_distances_are_those_of_the_map() -> None:
    city_hall, common = (42.3604, -71.0580), (42.3551, -71.0657)

    assert metres_between(*city_hall, *common) == pytest.approx(865, abs=5)
