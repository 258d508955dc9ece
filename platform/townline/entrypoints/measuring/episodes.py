"""Calls in time order, each with what was near it when it came."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from tickets.duplicates import RADIUS, WINDOW, Asked, Episode, Known, Memory, apart


@dataclass(frozen=True, slots=True)
class Past:
    """Everything that was reported, and what staff said repeats what."""

    cases: Sequence[Known]
    originals: dict[UUID, frozenset[UUID]]

    @staticmethod
    def of(cases: Sequence[Known], pairs: Collection[tuple[UUID, UUID]]) -> Past:
        originals = defaultdict[UUID, set[UUID]](set)
        for repetition, original in pairs:
            originals[repetition].add(original)
        return Past(cases, {key: frozenset(ids) for key, ids in originals.items()})

    def relatives(self, months: Collection[int]) -> frozenset[tuple[str, str]]:
        """Pairs of categories of which, in ``months``, one repeated the other."""
        known = {case.id: case for case in self.cases}
        return frozenset(
            pair
            for repetition, originals in self.originals.items()
            if known[repetition].opened_at.month in months
            for original in originals
            for pair in _both_ways(known[repetition], known[original])
        )

    def episodes(self, relatives: Collection[tuple[str, str]]) -> Iterator[Episode]:
        """Every case as the call it was; only ``relatives`` cross groups."""
        memory = Memory()
        for case in self.cases:
            asked = _asked(case)
            near = tuple(
                known
                for known in memory.near(asked, at=case.opened_at)
                if known.group == case.group
                or (case.category, known.category) in relatives
            )
            same = self.originals.get(case.id, frozenset())
            yield Episode(asked, case.opened_at, near, same)
            memory.add(case)

    def is_findable(self, repetition: Known, known: dict[UUID, Known]) -> bool:
        """By the definition: earlier, at most 30 days old and 500 metres away."""
        return any(
            timedelta() < repetition.opened_at - known[each].opened_at <= WINDOW
            and within(_asked(repetition), known[each], RADIUS)
            for each in self.originals.get(repetition.id, ())
        )


def within(asked: Asked, known: Known, metres: float) -> bool:
    distance = apart(asked, known)
    return distance is not None and distance <= metres


def _asked(case: Known) -> Asked:
    return Asked(
        latitude=case.latitude,
        longitude=case.longitude,
        category=case.category,
        group=case.group,
        place=case.place,
    )


def _both_ways(one: Known, other: Known) -> tuple[tuple[str, str], tuple[str, str]]:
    return (one.category, other.category), (other.category, one.category)
