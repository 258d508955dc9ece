"""Which caller an agent takes next: the order of the queue, and fairness between towns.

Emergencies go first, then what was raised, then the rest. Within one priority:

1. whoever the agent can speak with, before whoever they cannot; but after a minute
   a caller is helped in any language rather than left;
2. the first in line of a town that has been passed over three times running, the most
   passed over first: a storm in one town does not starve another;
3. the longest wait.

So the first in line of a town sees at most three other callers go before them, and
one more of each other town.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from uuid import UUID

# A caller in distress hangs up after a minute; an interpreter is on the line sooner.
LANGUAGE_WAITS = timedelta(seconds=60)
# With four lines ringing for one town, the one of another town is not the fifth.
PASSES = 3


@dataclass(frozen=True, slots=True, kw_only=True)
class InLine:
    """A caller nobody has taken yet."""

    town: UUID
    id: UUID
    priority: int
    language: str
    since: datetime


@dataclass(frozen=True, slots=True)
class Taken:
    """A call of a town that was taken lately, and when."""

    town: UUID
    at: datetime


def in_turn(
    waiting: Iterable[InLine],
    taken: Sequence[Taken],
    *,
    speaks: Collection[str],
    at: datetime,
) -> tuple[InLine, ...]:
    """All who wait, in the order in which this agent should take them."""
    groups: dict[tuple[int, bool], list[InLine]] = {}
    for each in waiting:
        foreign = _is_foreign(each, speaks, at=at)
        groups.setdefault((each.priority, foreign), []).append(each)
    ordered: list[InLine] = []
    for group in sorted(groups):
        ordered += _fairly(groups[group], taken)
    return tuple(ordered)


def passed_over(head: InLine, taken: Iterable[Taken]) -> int:
    """Callers of other towns taken since this one came, or since its town's last."""
    later = [each for each in taken if each.at >= head.since]
    own = max((each.at for each in later if each.town == head.town), default=None)
    return sum(
        each.town != head.town and (own is None or each.at > own) for each in later
    )


def _fairly(group: list[InLine], taken: Sequence[Taken]) -> list[InLine]:
    by_wait = sorted(group, key=lambda each: (each.since, each.id))
    heads = {each.town: each for each in reversed(by_wait)}
    passes = {town: passed_over(head, taken) for town, head in heads.items()}

    def rank(each: InLine) -> int:
        due = heads[each.town] is each and passes[each.town] >= PASSES
        return -passes[each.town] if due else 0

    return sorted(by_wait, key=rank)


def _is_foreign(each: InLine, speaks: Collection[str], *, at: datetime) -> bool:
    understood = not speaks or each.language in speaks
    return not understood and at - each.since < LANGUAGE_WAITS
