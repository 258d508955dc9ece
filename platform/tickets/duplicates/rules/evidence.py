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

# What is somewhere, nobody knows where, counts as being this far away, in metres.
SOMEWHERE = 500.0
# Ten metres apart is the next house; below that, a point on a map is not that exact.
NEXT_DOOR = 10.0


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """What is typed so far. Without a category, each candidate's own is assumed."""

    latitude: float | None = None
    longitude: float | None = None
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
    latitude: float | None
    longitude: float | None
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
        place=float(is_same_place(asked, known)),
        nowhere=float(not asked.place or not known.place),
        distance=log1p(_far(asked, known) / NEXT_DOOR),
        age=log1p(hours),
        callers=log1p(known.callers(at=at)) if known.joined else 0.0,
        words=in_common(asked.words, known.words),
    )


def is_same_place(asked: Asked, known: Known) -> bool:
    return asked.place == known.place != ""


def apart(asked: Asked, known: Known) -> float | None:
    """In metres; None where one of them has no point."""
    if asked.latitude is None or asked.longitude is None:
        return None
    if known.latitude is None or known.longitude is None:
        return None
    return metres_between(
        asked.latitude, asked.longitude, known.latitude, known.longitude
    )


def _far(asked: Asked, known: Known) -> float:
    metres = apart(asked, known)
    if metres is not None:
        return metres
    return 0.0 if is_same_place(asked, known) else SOMEWHERE
