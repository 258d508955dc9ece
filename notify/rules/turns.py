"""Who goes now and who comes back when, once the buckets have said how much may go."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from math import floor
from uuid import UUID

from notify.rules.throttles import Grant, Limit

# Level 2 does not stand in line: it comes back with the next token, before the others.
HURRIES = 2


@dataclass(frozen=True, slots=True)
class Turn:
    """One message that asks several buckets; ``cost`` is its segments.

    ``again`` says that it had an appointment already, and was overtaken.
    """

    id: UUID
    level: int
    since: datetime
    cost: int
    buckets: tuple[str, ...]
    again: bool = False

    def price(self, limit: Limit) -> int:
        return price(self.cost, limit)


def price(cost: int, limit: Limit) -> int:
    """What is longer than the whole bucket goes when the bucket is full."""
    return min(cost, floor(limit.burst))


def wanted(turns: Sequence[Turn], limits: Mapping[str, Limit]) -> dict[str, int]:
    """How many tokens to ask of each bucket."""
    sums = dict.fromkeys(limits, 0)
    alike = Counter((each.buckets, each.cost) for each in turns)
    for (buckets, cost), number in alike.items():
        for bucket in buckets:
            sums[bucket] += number * price(cost, limits[bucket])
    return sums


def in_turn(
    turns: Sequence[Turn],
    limits: Mapping[str, Limit],
    grants: Mapping[str, Grant],
    *,
    at: datetime,
) -> dict[UUID, datetime | None]:
    """When each comes back; None for those that go now. The urgent choose first."""
    left = {bucket: grant.granted for bucket, grant in grants.items()}
    asked = wanted(turns, limits)
    line = {
        bucket: grant.bucket.booked_until
        - _takes(asked[bucket] - grant.granted, limits[bucket])
        for bucket, grant in grants.items()
    }
    soon = dict.fromkeys(limits, at)
    back: dict[UUID, datetime | None] = {}
    for each in sorted(turns, key=lambda turn: (turn.level, turn.since, turn.id.int)):
        lacking = [
            bucket
            for bucket in each.buckets
            if left[bucket] < each.price(limits[bucket])
        ]
        if not lacking:
            back[each.id] = None
            for bucket in each.buckets:
                left[bucket] -= each.price(limits[bucket])
            continue
        queue = soon if each.again or each.level <= HURRIES else line
        for bucket in lacking:
            limit = limits[bucket]
            queue[bucket] += _takes(each.price(limit), limit)
        back[each.id] = max(queue[bucket] for bucket in lacking)
    return back


def _takes(tokens: int, limit: Limit) -> timedelta:
    return timedelta(seconds=tokens / limit.rate)
