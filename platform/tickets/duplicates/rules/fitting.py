"""Logistic regression in plain Python: Newton's method towards what is believed.

The weights lean on a prior, as those of a town do on the shipped ones: a few dozen
confirmed pairs move them a little, some hundreds carry them where the town is.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from math import exp, log

# Newton's steps double the right digits; ten are more than enough. One that leads
# downhill is too long, and is halved.
STEPS = 10
SMALLEST = 1e-6


@dataclass(frozen=True, slots=True)
class Example:
    """``weight`` says for how many like it this one stands."""

    values: tuple[float, ...]
    is_same: bool
    weight: float = 1.0


@dataclass(frozen=True, slots=True)
class Prior:
    """Believed weights, the first of them the bias, and how firmly (1 / variance)."""

    weights: tuple[float, ...]
    firmness: float


@dataclass(frozen=True, slots=True)
class _Place:
    """How likely the examples are with some weights, and what leads uphill."""

    likelihood: float
    slope: list[float]
    curve: list[list[float]]


def fit(examples: Sequence[Example], prior: Prior) -> tuple[float, ...]:
    """The weights that make ``examples`` likeliest, as far as the prior lets them."""
    weights = list(prior.weights)
    here = _at(weights, examples, prior)
    for _ in range(STEPS):
        step = solved(here.curve, here.slope)
        share = 1.0
        while True:
            tried = [now + share * by for now, by in zip(weights, step, strict=True)]
            there = _at(tried, examples, prior)
            if there.likelihood >= here.likelihood or share < SMALLEST:
                break
            share /= 2
        weights, here = tried, there
    return tuple(weights)


def probability(log_odds: float) -> float:
    # Past thirty, the rounding would make it nought or one.
    bounded = max(-30.0, min(30.0, log_odds))
    return 1.0 / (1.0 + exp(-bounded))


def _at(weights: Sequence[float], examples: Sequence[Example], prior: Prior) -> _Place:
    size = len(weights)
    off = [to - now for now, to in zip(weights, prior.weights, strict=True)]
    likelihood = -prior.firmness * sum(each * each for each in off) / 2
    slope = [prior.firmness * each for each in off]
    curve = [[prior.firmness * (i == j) for j in range(size)] for i in range(size)]
    for each in examples:
        row = (1.0, *each.values)
        chance = probability(sum(a * b for a, b in zip(weights, row, strict=True)))
        likelihood += each.weight * log(chance if each.is_same else 1.0 - chance)
        error = each.weight * (each.is_same - chance)
        spread = each.weight * chance * (1.0 - chance)
        for i, value in enumerate(row):
            slope[i] += error * value
            part, line = spread * value, curve[i]
            for j in range(i + 1):
                line[j] += part * row[j]
    for i in range(size):
        for j in range(i):
            curve[j][i] = curve[i][j]
    return _Place(likelihood, slope, curve)


def solved(matrix: Sequence[Sequence[float]], right: Sequence[float]) -> list[float]:
    """``matrix`` x = ``right`` by Gauss; the prior keeps every pivot from nought."""
    size = len(right)
    rows = [[*line, value] for line, value in zip(matrix, right, strict=True)]
    for column in range(size):
        best = max(range(column, size), key=lambda at: abs(rows[at][column]))
        rows[column], rows[best] = rows[best], rows[column]
        pivot = rows[column]
        for line in rows[column + 1 :]:
            share = line[column] / pivot[column]
            for at in range(column, size + 1):
                line[at] -= share * pivot[at]
    found = [0.0] * size
    for at in reversed(range(size)):
        known = sum(rows[at][j] * found[j] for j in range(at + 1, size))
        found[at] = (rows[at][size] - known) / rows[at][at]
    return found
