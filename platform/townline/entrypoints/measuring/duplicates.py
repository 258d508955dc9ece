"""The score of duplicates, learnt on some months and measured on later ones."""

from __future__ import annotations

from collections.abc import Collection, Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path

from msgspec import Struct

from tickets.duplicates import Episode, Evidence, Model, Prior, kinds_of, learn
from townline.entrypoints.measuring import boston
from townline.entrypoints.measuring.curves import (
    BASELINES,
    Outcome,
    Point,
    at_threshold,
    curve,
    judged,
)
from townline.entrypoints.measuring.episodes import Past

SHARES = (0.05, 0.1, 0.15, 0.2, 0.25, 0.3, 0.35, 0.4, 0.45, 0.5, 0.6)
# Nothing is believed beforehand: all weights nought, and loosely held.
NAIVE = Prior((0.0,) * (len(Evidence._fields) + 1), firmness=0.1)


class Measured(Struct, frozen=True, kw_only=True):
    """``new_town`` knows the weights and no category; ``at_threshold`` uses what was
    learnt, not the measured months."""

    calls: int
    findable: int
    findable_in_all: int
    learnt_pairs: int
    model: Model
    new_town: Model
    score: list[Point]
    at_threshold: Point
    new_town_score: list[Point]
    baseline: list[Point]
    baseline_in_all: list[Point]


@dataclass(frozen=True, slots=True)
class Call:
    """An episode, and whether its original can be found at all."""

    episode: Episode
    findable: bool
    known_at: datetime | None

    @property
    def month(self) -> int:
        return self.episode.at.month

    def lesson(self, *, before: datetime) -> Episode:
        """What could be learnt of it by then: what staff had not closed yet as a
        repetition was none."""
        if self.known_at and self.known_at < before:
            return self.episode
        return replace(self.episode, same=frozenset())


def measure(
    folder: Path, *, learnt: Collection[int], measured: Collection[int]
) -> Measured:
    every = _calls(folder, learnt)
    tested = [call for call in every if call.month in measured]
    before = _end_of(every, learnt)
    lessons = [call.lesson(before=before) for call in every if call.month in learnt]
    kinds = kinds_of(lessons, leaning=None)
    model = learn(lessons, NAIVE, kinds=kinds)
    new_town = learn(lessons, NAIVE, kinds=kinds.pooled)
    outcomes = _outcomes(model, tested)
    return Measured(
        calls=len(tested),
        findable=sum(call.findable for call in tested),
        findable_in_all=sum(call.findable for call in every),
        learnt_pairs=sum(bool(each.same) for each in lessons),
        model=model,
        new_town=new_town,
        score=curve(outcomes, SHARES),
        at_threshold=at_threshold(outcomes, model.threshold, rule="learnt threshold"),
        new_town_score=curve(_outcomes(new_town, tested), SHARES),
        baseline=list(_baselines(tested)),
        baseline_in_all=list(_baselines(every)),
    )


def _calls(folder: Path, learnt: Collection[int]) -> list[Call]:
    cases, pairs = boston.cases(folder), list(boston.pairs(folder))
    past = Past.of(cases, pairs)
    known = {case.id: case for case in cases}
    episodes = past.episodes(past.relatives(learnt))
    return [
        Call(episode, past.is_findable(case, known), case.closed_at)
        for case, episode in zip(cases, episodes, strict=True)
    ]


def _end_of(calls: Collection[Call], months: Collection[int]) -> datetime:
    return max(call.episode.at for call in calls if call.month in months)


def _outcomes(model: Model, calls: Collection[Call]) -> list[Outcome]:
    return [judged(model, call.episode, findable=call.findable) for call in calls]


def _baselines(calls: Collection[Call]) -> Iterator[Point]:
    for rule in BASELINES:
        outcomes = [
            rule.outcome(call.episode, findable=call.findable) for call in calls
        ]
        yield at_threshold(outcomes, 1.0, rule=rule.name)
