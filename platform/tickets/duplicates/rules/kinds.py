"""Which kinds of requests turn out to be the same thing, counted from what people did.

Counts are few and towns are small, so every rate leans on the one above it: a pair of
categories on all pairs of its sort, a category on the whole town.
"""

from __future__ import annotations

from math import log
from typing import Literal

from msgspec import Struct

Relation = Literal["same", "group", "other"]

# As many imagined sightings at the pooled rate as weigh like real ones.
LEAN_PAIR = 100
LEAN_CATEGORY = 20
# A rate that is never quite nought or one has a logarithm.
LEAST, MOST = 1e-6, 0.9


class Count(Struct, frozen=True, array_like=True):
    """Of ``seen`` that were near, ``found`` turned out to be the same thing."""

    found: int = 0
    seen: int = 0


class Kinds(Struct, frozen=True, kw_only=True):
    """``pairs`` maps "category other" to how often one repeated the other."""

    same: float
    group: float
    other: float
    usual: float
    pairs: dict[str, Count] = {}
    repeated: dict[str, Count] = {}

    def affinity(self, category: str, other: str, *, relation: Relation) -> float:
        """The log-odds that something ``other`` nearby is what a caller means."""
        pooled: float = getattr(self, relation)
        count = self.pairs.get(f"{category} {other}", Count())
        return log_odds(count, pooled, lean=LEAN_PAIR)

    def often(self, category: str) -> float:
        """The log-odds that a request of this category is a repetition at all."""
        count = self.repeated.get(category, Count())
        return log_odds(count, self.usual, lean=LEAN_CATEGORY)

    @property
    def pooled(self) -> Kinds:
        """Without the counts of any category: what a new town begins with."""
        return Kinds(
            same=self.same, group=self.group, other=self.other, usual=self.usual
        )

    def relatives(self, category: str) -> frozenset[str]:
        """Categories of other groups that it was ever taken for, either way round."""
        found = (pair.split(" ") for pair, count in self.pairs.items() if count.found)
        return frozenset(
            other if category == one else one
            for one, other in found
            if category in {one, other}
        )


def relation_of(category: str, other: str, *, grouped: bool) -> Relation:
    if category == other:
        return "same"
    return "group" if grouped else "other"


def log_odds(count: Count, pooled: float, *, lean: int) -> float:
    rate = (count.found + lean * pooled) / (count.seen + lean)
    rate = min(MOST, max(LEAST, rate))
    return log(rate / (1 - rate))
