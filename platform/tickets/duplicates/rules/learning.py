"""Weights and kinds learnt from calls of the past, each with what was near it then."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from msgspec import Struct

from tickets.duplicates.rules.evidence import (
    Asked,
    Evidence,
    Known,
    Weights,
    apart,
    evidence_of,
)
from tickets.duplicates.rules.fitting import Example, Prior, fit
from tickets.duplicates.rules.kinds import Count, Kinds, Relation, relation_of

# Kinds are counted among what is a few houses away; farther off, all is mixture.
HOUSES_AWAY = 100.0
# As many imagined calls of other towns as weigh like a town's own.
LEAN_TOWN = 200
# Of everything near that was something else, one in so many is enough to learn from.
OTHERS_KEPT = 8
# The share of the calls learnt from at which something would have been shown. Later
# calls are new to the counts: in Boston it became 30 of 100.
SHOWN = 0.25

# What can only speak against: being elsewhere, and being long ago.
AGAINST = frozenset(("nowhere", "distance", "age"))


@dataclass(frozen=True, slots=True)
class Episode:
    """A call of the past, what was near at that moment, and what it really repeated."""

    asked: Asked
    at: datetime
    near: tuple[Known, ...]
    same: frozenset[UUID] = frozenset()


class Model(Struct, frozen=True, kw_only=True):
    """Everything the score needs; ``threshold`` is the least that is shown."""

    weights: Weights
    kinds: Kinds
    threshold: float

    def score(self, asked: Asked, known: Known, *, at: datetime) -> float:
        return self.weights.score(evidence_of(asked, known, self.kinds, at=at))


def learn(episodes: Sequence[Episode], prior: Prior, *, kinds: Kinds) -> Model:
    found = fit(tuple(_examples(episodes, kinds)), prior)
    weights = sensible(found)
    best = sorted(
        (_best(episode, weights, kinds) for episode in episodes), reverse=True
    )
    threshold = best[int(len(best) * SHOWN)] if best else 0.0
    return Model(weights=weights, kinds=kinds, threshold=round(threshold, 3))


def sensible(found: Sequence[float]) -> Weights:
    """No past, however odd, makes what is farther away or older likelier."""
    bias, *rest = found
    bounded = {
        name: round(min(0.0, value) if name in AGAINST else max(0.0, value), 4)
        for name, value in zip(Evidence._fields, rest, strict=True)
    }
    return Weights(bias=round(bias, 4), **bounded)


def kinds_of(episodes: Iterable[Episode], leaning: Kinds | None) -> Kinds:
    """What people took for what; ``leaning`` has the pooled rates of other towns, for
    one that is too small to have its own."""
    found, seen = Counter[tuple[str, str]](), Counter[tuple[str, str]]()
    sorts = Counter[tuple[Relation, bool]]()
    calls, repeated = Counter[str](), Counter[str]()
    for each in episodes:
        calls[each.asked.category] += 1
        repeated[each.asked.category] += bool(each.same)
        for known in each.near:
            pair = (each.asked.category, known.category)
            same = known.id in each.same
            if same or _is_near(each.asked, known):
                found[pair] += same
                seen[pair] += 1
                sorts[_relation(each.asked, known), same] += 1
    return Kinds(
        **_pooled(sorts, leaning),
        usual=_usual(repeated.total(), calls.total(), leaning),
        pairs={f"{a} {b}": Count(found[a, b], seen[a, b]) for a, b in seen},
        repeated={each: Count(repeated[each], calls[each]) for each in calls},
    )


def _is_near(asked: Asked, known: Known) -> bool:
    metres = apart(asked, known)
    return metres is not None and metres <= HOUSES_AWAY


def _relation(asked: Asked, known: Known) -> Relation:
    grouped = asked.group == known.group
    return relation_of(asked.category, known.category, grouped=grouped)


def _pooled(
    sorts: Counter[tuple[Relation, bool]], leaning: Kinds | None
) -> dict[Relation, float]:
    relations: tuple[Relation, ...] = ("same", "group", "other")
    if leaning is not None:
        return {each: getattr(leaning, each) for each in relations}
    return {
        each: _share(sorts[each, True], sorts[each, True] + sorts[each, False])
        for each in relations
    }


def _usual(repeated: int, calls: int, leaning: Kinds | None) -> float:
    if leaning is None:
        return _share(repeated, calls)
    return (repeated + LEAN_TOWN * leaning.usual) / (calls + LEAN_TOWN)


def _share(part: int, whole: int) -> float:
    return part / whole if whole else 0.0


def _examples(episodes: Iterable[Episode], kinds: Kinds) -> Iterator[Example]:
    """Every repetition, and of the others evenly so many as stand for all of them."""
    for each in episodes:
        others = [known for known in each.near if known.id not in each.same]
        stride = max(1, -(-len(others) // OTHERS_KEPT))
        kept = others[::stride]
        for known in each.near:
            if known.id in each.same:
                values = evidence_of(each.asked, known, kinds, at=each.at)
                yield Example(values, is_same=True)
        for known in kept:
            values = evidence_of(each.asked, known, kinds, at=each.at)
            yield Example(values, is_same=False, weight=len(others) / len(kept))


def _best(episode: Episode, weights: Weights, kinds: Kinds) -> float:
    return max(
        (
            weights.score(evidence_of(episode.asked, known, kinds, at=episode.at))
            for known in episode.near
        ),
        default=float("-inf"),
    )
