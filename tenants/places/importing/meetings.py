"""Where the streets that a file draws meet one another."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from shapely import STRtree, geometry

from tenants.places.importing.gathering import Course
from tenants.places.importing.rows import Row
from tenants.town import Point

# shapely ships no type marks.
# mypy: disable-error-code="no-untyped-call"

# About ten metres: a crossing of two carriageways is one crossing.
GRID = 4


def meetings(
    drawn: Sequence[tuple[Course, Row]],
) -> Iterator[tuple[Row, Course, Course]]:
    """One for each place where two differently named lines cross or touch."""
    lines = [
        (course, geometry.LineString(line))
        for course, row in drawn
        for line in row.line
        if len(line) > 1
    ]
    tree = STRtree([line for _, line in lines])
    seen: set[tuple[str, str, Point]] = set()
    for at, (course, line) in enumerate(lines):
        for other_at in tree.query(line, predicate="intersects"):
            other, crossed = lines[int(other_at)]
            if int(other_at) <= at or other.name == course.name:
                continue
            for spot in _spots(line.intersection(crossed)):
                one, two = sorted((course, other), key=lambda each: each.name)
                key = (one.name, two.name, spot)
                if key not in seen:
                    seen.add(key)
                    yield _meeting(one, two, spot), one, two


def _meeting(one: Course, other: Course, spot: Point) -> Row:
    return Row(
        kind="intersection",
        name=f"{one.name} & {other.name}",
        street=one.name,
        cross=other.name,
        point=spot,
    )


def _spots(met: geometry.base.BaseGeometry) -> Iterator[Point]:
    """Streets that run together for a while meet where they begin to."""
    for part in getattr(met, "geoms", (met,)):
        if not part.is_empty:
            spot = part.representative_point()
            yield round(spot.x, GRID), round(spot.y, GRID)
