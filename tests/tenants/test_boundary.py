from __future__ import annotations

import pytest

from tenants.rules import inside
from tenants.town import Point
from tests.tenants.larkfield import LARKFIELD


@pytest.mark.parametrize(
    ("point", "expected"),
    [
        pytest.param((-87.2, 41.2), True, id="in the town"),
        pytest.param((-87.0, 41.5), True, id="on its edge"),
        pytest.param((-88.0, 41.0), True, id="on its corner"),
        pytest.param((-87.9, 41.9), False, id="beyond the slanting edge"),
        pytest.param((41.2, -87.2), False, id="latitude first is another continent"),
    ],
)
def test_a_place_is_the_towns_or_not(point: Point, *, expected: bool) -> None:
    assert inside(LARKFIELD, point) is expected
