"""Chance that falls the same way every time: each lot is drawn under a name."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import timedelta
from math import exp
from random import Random
from typing import TypeVar

Thing = TypeVar("Thing")


class Lots:
    """Everything drawn for one thing that happens to one row, under one seed.

    What is drawn depends on the names alone, never on what was drawn before for
    something else: a replay that was stopped draws the same again.
    """

    def __init__(self, *names: object) -> None:
        self._random = Random("/".join(map(str, names)))  # noqa: S311 - nothing to guard

    def falls(self, share: float) -> bool:
        return self._random.random() < share

    def one_of(self, things: Sequence[Thing]) -> Thing:
        return self._random.choice(things)

    def weighed(self, weights: Mapping[Thing, float]) -> Thing:
        return self._random.choices(list(weights), list(weights.values()))[0]

    def number(self, least: int, most: int) -> int:
        return self._random.randint(least, most)

    def between(self, least: float, most: float) -> float:
        return self._random.uniform(least, most)

    def soon(self, least: float, most: float) -> timedelta:
        """Seconds, to the microsecond: two things seldom happen at one instant."""
        return timedelta(seconds=self._random.uniform(least, most))

    def after(self, median: timedelta, spread: float = 0.8) -> timedelta:
        """As people take their time: half sooner than ``median``, a few far later."""
        return median * exp(self._random.gauss(0.0, spread))
