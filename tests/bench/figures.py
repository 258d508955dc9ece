"""One figure, and how two kinds of work are measured beside each other."""

from __future__ import annotations

import time
from collections.abc import Callable
from statistics import median

import msgspec

ROUNDS = 5


class Figure(msgspec.Struct, frozen=True, kw_only=True):
    """``ratio`` is value ÷ baseline; ``met`` says whether it reached ``target``."""

    name: str
    value: float
    unit: str
    baseline: str
    baseline_value: float
    ratio: float
    target: float
    met: bool

    def line(self) -> str:
        return msgspec.json.encode(self).decode()


def per_second(work: Callable[[], object], times: int) -> float:
    began = time.perf_counter()
    for _ in range(times):
        work()
    return times / (time.perf_counter() - began)


def beside(
    ours: Callable[[], float], theirs: Callable[[], float]
) -> tuple[float, float]:
    """The medians of five rounds each, taken in turns."""
    pairs = [(ours(), theirs()) for _ in range(ROUNDS)]
    return median(a for a, _ in pairs), median(b for _, b in pairs)


def at_least(
    name: str, measured: tuple[float, float], *, unit: str, baseline: str, target: float
) -> Figure:
    """More is better: the ratio must reach the target."""
    return _figure(
        name, measured, unit, baseline, target, reached=lambda r: r >= target
    )


def at_most(
    name: str, measured: tuple[float, float], *, unit: str, baseline: str, target: float
) -> Figure:
    """Less is better: the ratio must stay under the target."""
    return _figure(
        name, measured, unit, baseline, target, reached=lambda r: r <= target
    )


def within(
    name: str, measured: tuple[float, float], *, unit: str, baseline: str, target: float
) -> Figure:
    """Less is better: the value itself must stay under the target."""
    most = target / measured[1]
    return _figure(name, measured, unit, baseline, target, reached=lambda r: r <= most)


def _figure(
    name: str,
    measured: tuple[float, float],
    unit: str,
    baseline: str,
    target: float,
    *,
    reached: Callable[[float], bool],
) -> Figure:
    value, compared = measured
    ratio = value / compared
    return Figure(
        name=name,
        value=round(value, 2),
        unit=unit,
        baseline=baseline,
        baseline_value=round(compared, 2),
        ratio=round(ratio, 3),
        target=target,
        met=reached(ratio),
    )
