"""When an answer on the telephone has settled what the call was about."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Literal

from calls.rules.dispositions import Disposition

# Whoever has not called again on it in a week was answered.
FOLLOWED_FOR = timedelta(days=7)
# Of fewer calls nothing can be said.
ENOUGH = 3
# An article that fails as often as this needs another text.
FAILING = 0.5

Outcome = Literal[
    "deflected",
    "called_again",
    "not_over_yet",
    "not_followed",
    "made_work",
    "unhelpful",
]


@dataclass(frozen=True, slots=True)
class Told:
    """An article told on a call. ``is_known`` is false of a withheld number."""

    article: str
    answered: bool
    disposition: Disposition | None
    arrived_at: datetime
    is_known: bool
    called_again: bool


def outcome(told: Told, *, at: datetime) -> Outcome:
    """What became of it by ``at``; who cannot be followed is counted apart."""
    if not told.answered:
        return "unhelpful"
    if told.disposition is None:
        return "not_over_yet"
    if told.disposition != "information_given":
        return "made_work"
    if not told.is_known:
        return "not_followed"
    if told.called_again:
        return "called_again"
    return "deflected" if at >= told.arrived_at + FOLLOWED_FOR else "not_over_yet"


def is_failing(*, deflected: int, called_again: int, unhelpful: int) -> bool:
    failed = called_again + unhelpful
    decided = deflected + failed
    return decided >= ENOUGH and failed / decided >= FAILING
