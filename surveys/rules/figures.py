"""What a sample says of everybody, with how far it may be wrong.

Every interval holds the truth 19 times in 20.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from math import sqrt
from statistics import NormalDist

Z = NormalDist().inv_cdf(0.975)
# Below it an interval of a mean is wider than the scale, and a figure only misleads.
FEWEST = 5
LOWEST, HIGHEST = 1, 5


@dataclass(frozen=True, slots=True)
class Estimate:
    value: float
    low: float
    high: float

    @property
    def margin(self) -> float:
        return (self.high - self.low) / 2


def mean(scores: Mapping[int, int]) -> Estimate | None:
    """The mean of scores 1 to 5, given how often each was chosen."""
    n = sum(scores.values())
    if n < FEWEST:
        return None
    average = sum(score * count for score, count in scores.items()) / n
    squares = sum(count * (score - average) ** 2 for score, count in scores.items())
    margin = _student(n - 1) * sqrt(squares / (n - 1) / n)
    return Estimate(
        average, max(LOWEST, average - margin), min(HIGHEST, average + margin)
    )


def share(chosen: int, *, of: int) -> Estimate | None:
    """A share with Wilson's interval, which stays within 0 and 1 for any sample."""
    if of < FEWEST:
        return None
    observed, spread = chosen / of, Z * Z / of
    centre = (observed + spread / 2) / (1 + spread)
    width = sqrt(observed * (1 - observed) * spread + spread * spread / 4)
    half = width / (1 + spread)
    # All or none lies on the interval's own end, which rounding may miss by a hair.
    low, high = min(observed, centre - half), max(observed, centre + half)
    return Estimate(observed, max(0.0, low), min(1.0, high))


def _student(freedom: int) -> float:
    """Student's quantile from the normal one (Cornish-Fisher; 0.3 % off at four)."""
    first = (Z**3 + Z) / 4
    second = (5 * Z**5 + 16 * Z**3 + 3 * Z) / 96
    third = (3 * Z**7 + 19 * Z**5 + 17 * Z**3 - 15 * Z) / 384
    return Z + first / freedom + second / freedom**2 + third / freedom**3
