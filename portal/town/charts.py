"""Where the points of a chart are, in the units of its picture."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

# The picture is 320 by 112: the curve between these, its scale's words beside it.
LEFT, RIGHT, TOP, BOTTOM = 4.0, 296.0, 12.0, 92.0
TENTHS = 10


@dataclass(frozen=True, slots=True)
class Dot:
    x: float
    y: float
    label: str
    value: float
    is_below: bool


@dataclass(frozen=True, slots=True)
class Curve:
    """``path`` is of SVG; ``low`` is the value at the foot, and the head is 1."""

    path: str
    dots: tuple[Dot, ...]
    target_y: float
    low: float


def curve_of(points: Sequence[tuple[str, float | None]], *, target: float) -> Curve:
    """Shares by label; where there is none, the line has a gap."""
    known = [value for _, value in points if value is not None]
    low = min([*known, target])
    # The foot is a round tenth below everything that is shown.
    low = max(0.0, (int(low * TENTHS) - 1) / TENTHS)
    dots = tuple(_dots(points, low=low, target=target))
    return Curve(_path(points, dots), dots, _height(target, low), low)


def _dots(
    points: Sequence[tuple[str, float | None]], *, low: float, target: float
) -> Iterator[Dot]:
    for number, (label, value) in enumerate(points):
        if value is not None:
            yield Dot(
                _across(number, len(points)),
                _height(value, low),
                label,
                value,
                value < target,
            )


def _path(points: Sequence[tuple[str, float | None]], dots: Sequence[Dot]) -> str:
    at = {dot.label: dot for dot in dots}
    words: list[str] = []
    begun = False
    for label, value in points:
        if value is None:
            begun = False
        else:
            words.append(f"{'L' if begun else 'M'}{at[label].x} {at[label].y}")
            begun = True
    return "".join(words)


def _across(number: int, of: int) -> float:
    return round(LEFT + (RIGHT - LEFT) * number / max(1, of - 1), 1)


def _height(value: float, low: float) -> float:
    return round(BOTTOM - (BOTTOM - TOP) * (value - low) / ((1 - low) or 1), 1)
