"""What can happen to a run. Delivered or picked up is not among it: only humans are."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from escalation.rules.run import Milestone, TimerKind


@dataclass(frozen=True, slots=True)
class Started:
    """``holders`` and ``reached`` come from the run this one supersedes."""

    holders: tuple[str, ...] = ()
    reached: frozenset[Milestone] = frozenset()


@dataclass(frozen=True, slots=True)
class TimerFired:
    kind: TimerKind
    epoch: int


@dataclass(frozen=True, slots=True)
class Accepted:
    contact: str
    via: str


@dataclass(frozen=True, slots=True)
class Declined:
    contact: str
    via: str


@dataclass(frozen=True, slots=True)
class RungFailed:
    """Nothing will come of this promise any more: undelivered, no answer, voicemail."""

    key: str


@dataclass(frozen=True, slots=True)
class Moved:
    """``contact`` is empty when an agent says it of somebody who is no contact."""

    kind: Milestone
    contact: str = ""


@dataclass(frozen=True, slots=True)
class LevelChanged:
    level: int


@dataclass(frozen=True, slots=True)
class Paused:
    """Never without an end: a forgotten pause would be a ticket nobody hears of."""

    until: datetime


@dataclass(frozen=True, slots=True)
class Resumed:
    pass


@dataclass(frozen=True, slots=True)
class Closed:
    reason: str


Event = (
    Started
    | TimerFired
    | Accepted
    | Declined
    | RungFailed
    | Moved
    | LevelChanged
    | Paused
    | Resumed
    | Closed
)
