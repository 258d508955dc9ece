"""Whether a known event concerns a caller: by what they call about, where and when."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from tickets.duplicates.rules.grid import metres_between

Point = tuple[float, float]
# Nobody has said yet where or what it is: the agent sees the event, and asks.
Fit = Literal["yes", "maybe", "no"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Scope:
    """Points are (longitude, latitude). Without categories it is any, and without
    ``center`` and ``polygon`` the whole town."""

    categories: Sequence[str] = ()
    center: Point | None = None
    radius: float | None = None
    polygon: Sequence[Sequence[float]] = ()


def concerns(scope: Scope, *, category: str, point: Point | None) -> Fit:
    kind, place = _by_kind(scope, category), _by_place(scope, point)
    if "no" in {kind, place}:
        return "no"
    return "maybe" if "maybe" in {kind, place} else "yes"


def _by_kind(scope: Scope, category: str) -> Fit:
    if not scope.categories or category in scope.categories:
        return "yes"
    return "no" if category else "maybe"


def _by_place(scope: Scope, point: Point | None) -> Fit:
    if scope.center is None and not scope.polygon:
        return "yes"
    if point is None:
        return "maybe"
    return "yes" if _in_circle(scope, point) or within(scope.polygon, point) else "no"


def _in_circle(scope: Scope, point: Point) -> bool:
    if scope.center is None or scope.radius is None:
        return False
    away = metres_between(scope.center[1], scope.center[0], point[1], point[0])
    return away <= scope.radius


def within(polygon: Sequence[Sequence[float]], point: Point) -> bool:
    """By counting how many edges a line to the east crosses."""
    east, north = point
    inside = False
    for one, other in zip(polygon, [*polygon[1:], *polygon[:1]], strict=True):
        if (one[1] > north) == (other[1] > north):
            continue
        share = (north - one[1]) / (other[1] - one[1])
        if east < one[0] + share * (other[0] - one[0]):
            inside = not inside
    return inside
