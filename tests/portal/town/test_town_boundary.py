"""A town draws where it ends, on a map or corner by corner."""

from __future__ import annotations

import json
from html import unescape

import pytest

from portal.town import boundary
from portal.town.boundary import Ring
from tenants import drafting
from tenants.town import Town
from tests.portal.town.cast import Clerk
from tests.portal.town.nights import Night
from tests.tenants.example_towns import TOWNS
from townline.errors import Invalid

HERE = "/town/riverton/rules/boundary"
SQUARE: Ring = (
    (-88.0, 41.0),
    (-87.0, 41.0),
    (-87.0, 42.0),
    (-88.0, 42.0),
    (-88.0, 41.0),
)
LINES = "41, -88\n41, -87\n42, -87\n42, -88"
POLYGON = {"type": "Polygon", "coordinates": [SQUARE]}
FEATURE = {"type": "Feature", "geometry": POLYGON}


@pytest.mark.parametrize("town", TOWNS.values(), ids=lambda town: town.slug)
def test_what_is_written_is_read_again(town: Town) -> None:
    assert boundary.read(boundary.written(town.boundary)) == town.boundary


@pytest.mark.parametrize(
    "written",
    [
        pytest.param(LINES, id="a corner a line"),
        pytest.param(f"{LINES}\n41.0, -88.0\n", id="closed by hand"),
        pytest.param(LINES.replace(",", ";"), id="with semicolons"),
        pytest.param(json.dumps(POLYGON), id="a polygon"),
        pytest.param(json.dumps(FEATURE), id="a feature"),
        pytest.param(
            json.dumps({"type": "FeatureCollection", "features": [FEATURE]}),
            id="a collection of one",
        ),
        pytest.param(
            json.dumps({"type": "MultiPolygon", "coordinates": [[SQUARE]]}),
            id="one of many",
        ),
    ],
)
def test_corners_are_read_as_people_have_them(written: str) -> None:
    assert boundary.read(written) == SQUARE


@pytest.mark.parametrize(
    ("written", "remedy"),
    [
        pytest.param("", "three corners at least", id="nothing"),
        pytest.param("41, -88\n42, -88", "three corners at least", id="a line"),
        pytest.param("41 -88 3\n", "Write a corner a line", id="three numbers"),
        pytest.param("141, -88\n41, -87\n42, -87", "Write a corner", id="no latitude"),
        pytest.param(
            "41,-88\n42,-87\n41,-87\n42,-88", "cross each other", id="crossed"
        ),
        pytest.param("{", "paste GeoJSON", id="broken"),
        pytest.param('{"type": "Point"}', "paste GeoJSON", id="a point"),
        pytest.param(
            json.dumps({"type": "Polygon", "coordinates": [SQUARE, SQUARE]}),
            "one area without holes",
            id="a hole",
        ),
    ],
)
def test_what_is_no_boundary_is_refused_with_its_remedy(
    written: str, remedy: str
) -> None:
    with pytest.raises(Invalid, match=remedy):
        boundary.read(written)


def test_what_lies_outside_is_counted() -> None:
    places = {"Depot": (-87.5, 41.5), "Elsewhere": (-80.0, 41.5)}

    drawn = boundary.drawn(TOWNS["riverton"], SQUARE, places)

    assert (drawn.corners, drawn.outside) == (4, ("Elsewhere",))
    # A degree each way, at 41.5 degrees north: 111.32 by 83.38 kilometers.
    assert drawn.square_kilometres == pytest.approx(9281, rel=0.001)


def test_a_boundary_is_shown_kept_and_not_overwritten(
    priya: Clerk, claire: Clerk, night: Night
) -> None:
    page = priya.get(HERE)
    shown = priya.send(HERE, boundary=LINES, act="look")
    crossed = priya.send(HERE, boundary="41,-88\n42,-87\n41,-87\n42,-88")
    kept = priya.send(HERE, boundary=LINES, act="keep")
    late = priya.send(HERE, boundary=LINES, was="0123456789abcdef")

    assert "9 corners" in page
    assert "4 corners" in shown.text
    assert crossed.status_code == 422
    assert "cross each other" in unescape(crossed.text)
    assert "41,-88\n42,-87" in crossed.text
    assert (kept.status_code, late.status_code) == (303, 409)
    with night.town() as db:
        assert drafting.editing(db).town.boundary == SQUARE
    assert priya.look(f"{HERE}/map").json()["tiles"] == ""
    assert claire.look(HERE).status_code == 404
    assert claire.send(HERE, boundary=LINES).status_code == 404
