"""How many repetitions are found, beside how often something is shown at all."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence
from dataclasses import dataclass
from datetime import timedelta

from msgspec import Struct

from tickets.duplicates import Episode, Known, Model, apart
from townline.entrypoints.measuring.episodes import within

NOTHING = float("-inf")
# What an agent reads while the caller speaks.
LISTED = 3


@dataclass(frozen=True, slots=True)
class Outcome:
    """One call: the best score of all, and that of the original and its rank."""

    findable: bool
    best: float = NOTHING
    original: float = NOTHING
    rank: int = 0


class Point(Struct, frozen=True, kw_only=True):
    """At ``shown`` of all calls something is shown; ``top_1``, ``top_3`` of the
    findable have their original among the first of what is shown."""

    rule: str
    shown: float
    top_1: float
    top_3: float


def judged(model: Model, episode: Episode, *, findable: bool) -> Outcome:
    scores = [
        (model.score(episode.asked, each, at=episode.at), each) for each in episode.near
    ]
    scores.sort(key=lambda one: (-one[0], -one[1].opened_at.timestamp()))
    for rank, (score, known) in enumerate(scores, 1):
        if known.id in episode.same:
            return Outcome(findable, scores[0][0], score, rank)
    return Outcome(findable, scores[0][0]) if scores else Outcome(findable)


def curve(outcomes: Sequence[Outcome], shares: Iterable[float]) -> list[Point]:
    """Only what reaches the threshold itself is shown, and counts as found."""
    best = sorted((each.best for each in outcomes), reverse=True)
    return [
        at_threshold(outcomes, best[int(share * len(best)) - 1], rule="score")
        for share in shares
    ]


def at_threshold(outcomes: Sequence[Outcome], threshold: float, *, rule: str) -> Point:
    findable = [each for each in outcomes if each.findable]
    found = [e.rank for e in findable if e.rank and e.original >= threshold]
    return Point(
        rule=rule,
        shown=sum(each.best >= threshold for each in outcomes) / len(outcomes),
        top_1=sum(rank == 1 for rank in found) / len(findable),
        top_3=sum(rank <= LISTED for rank in found) / len(findable),
    )


@dataclass(frozen=True, slots=True)
class Fixed:
    """What others do: all that is open, alike and in a circle, nearest first."""

    metres: float
    days: int
    grouped: bool

    @property
    def name(self) -> str:
        kind = "group" if self.grouped else "type"
        return f"same {kind}, {self.metres:.0f} m, {self.days} d"

    def outcome(self, episode: Episode, *, findable: bool) -> Outcome:
        """Whatever is in the circle scores one; ranked by distance, then age."""
        within = [each for each in episode.near if self._fits(episode, each)]
        order: Callable[[Known], tuple[float, float]] = lambda known: (  # noqa: E731
            apart(episode.asked, known) or 0.0,
            -known.opened_at.timestamp(),
        )
        for rank, known in enumerate(sorted(within, key=order), 1):
            if known.id in episode.same:
                return Outcome(findable, 1.0, 1.0, rank)
        return Outcome(findable, 1.0) if within else Outcome(findable)

    def _fits(self, episode: Episode, known: Known) -> bool:
        asked = episode.asked
        alike = (
            known.group == asked.group
            if self.grouped
            else known.category == asked.category
        )
        young = episode.at - known.opened_at <= timedelta(days=self.days)
        near = alike and young and known.is_open(at=episode.at)
        return near and within(asked, known, self.metres)


CIRCLES = ((25, 3), (50, 7), (100, 7), (100, 14), (100, 30), (150, 30), (250, 30))
BASELINES = tuple(
    Fixed(metres, days, grouped)
    for grouped in (False, True)
    for metres, days in CIRCLES
)
