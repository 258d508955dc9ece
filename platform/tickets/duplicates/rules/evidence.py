"""What speaks for two callers meaning the same thing, weighed into one score.

Each piece of evidence is one number with one weight, so that a person can read why a
ticket is proposed. Nothing here may know what happened after the call.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from math import log1p
from typing import NamedTuple
from uuid import UUID

from msgspec import Struct

from tickets.duplicates.rules.grid import metres_between
from tickets.duplicates.rules.kinds import Kinds, relation_of
from tickets.duplicates.rules.places import in_common

# Ten metres apart is the next house; below that, a point on a map is not that exact.
NEXT_DOOR = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is typed so far. Without a category, each candidate's own is assumed."""

    latitude: float
    longitude: float
    category: str = ""
    group: str = ""
    place: str = ""
    words: frozenset[str] = frozenset()


@dataclass(frozen=True, slots=True, kw_only=True)
class Known:
    """A ticket that is known; ``joined`` is when each further caller was added."""

    id: UUID
    category: str
    group: str
    latitude: float
    longitude: float
    opened_at: datetime
    closed_at: datetime | None = None
    place: str = ""
    words: frozenset[str] = frozenset()
    joined: tuple[datetime, ...] = ()

    def is_open(self, *, at: datetime) -> bool:
        return self.closed_at is None or self.closed_at > at

    def callers(self, *, at: datetime) -> int:
        return sum(each <= at for each in self.joined)


class Evidence(NamedTuple):
    """One field a weight; ``distance``, ``age`` and ``callers`` grow slowly."""

    open: float
    kinds: float
    often: float
    place: float
    nowhere: float
    distance: float
    age: float
    callers: float
    words: float


class Weights(Struct, frozen=True, kw_only=True):
    """How much each piece of evidence counts, in log-odds; ``bias`` is their start."""

    bias: float
    open: float
    kinds: float
    often: float
    place: float
    nowhere: float
    distance: float
    age: float
    callers: float
    words: float

    @property
    def of_evidence(self) -> Evidence:
        """All but the bias."""
        return Evidence(*(getattr(self, name) for name in Evidence._fields))

    def score(self, evidence: Evidence) -> float:
        return self.bias + sum(
            weight * value
            for weight, value in zip(self.of_evidence, evidence, strict=True)
        )


def evidence_of(asked: Asked, known: Known, kinds: Kinds, *, at: datetime) -> Evidence:
    category = asked.category or known.category
    grouped = not asked.category or asked.group == known.group
    relation = relation_of(category, known.category, grouped=grouped)
    hours = max(0.0, (at - known.opened_at).total_seconds() / 3600)
    return Evidence(
        open=float(known.is_open(at=at)),
        kinds=kinds.affinity(category, known.category, relation=relation),
        often=kinds.often(category),
        place=float(asked.place == known.place != ""),
        nowhere=float(not asked.place or not known.place),
        distance=log1p(apart(asked, known) / NEXT_DOOR),
        age=log1p(hours),
        callers=log1p(known.callers(at=at)) if known.joined else 0.0,
        words=in_common(asked.words, known.words),
    )


def apart(asked: Asked, known: Known) -> float:
    """In metres."""
    return metres_between(
        asked.latitude, asked.longitude, known.latitude, known.longitude
    )
