"""Many tickets for one person at once: one message that lists them all.

What is merged stays a promise of its own, with its own code: one that is accepted in
between is left out, and takes none of the others with it. Nothing is merged across
levels, people, channels or towns.
"""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Sequence
from dataclasses import dataclass
from datetime import timedelta
from uuid import UUID

from notify.message import Channel, HeldFor, Purpose
from notify.rules.throttles import Limit

WITHIN = timedelta(minutes=5)
# Ten tickets are four or five segments: more is not read on a telephone.
MOST: dict[Channel, int] = {"sms": 10, "email": 50}
# The next step of a ladder starts after minutes, and counts from when this one was
# to start: what waits for company must not use up the time there is to answer.
GATHER = {2: 20.0}
GATHER_OTHERWISE = 60.0
# Twilio ends a pair of numbers that exchanges more than 15 texts in 30 seconds: five
# at once and one every three seconds stay below it. Nobody hears more of them apart.
EMERGENCY = Limit(rate=1 / 3, burst=5, gather=3.0)
EMERGENCY_CALLS = Limit(rate=1 / 3, burst=5)
# A telephone rings for one call at a time, for about this long; a second call finds
# it busy, which ends its rung.
CALLS = Limit(rate=1 / 30, burst=1)
# Whoever is told more than this of one's own report is told by a fault.
RESIDENTS = Limit(rate=1 / 10, burst=10)


@dataclass(frozen=True, slots=True)
class Crowd:
    """Those who may share a message: one person, one way, one level."""

    channel: Channel
    ours: str
    destination: str
    recipient: str
    level: int
    merges: bool

    @property
    def key(self) -> str:
        """Names the bucket. Twilio counts by pairs of numbers, ours and theirs."""
        return "/".join(
            (self.channel, self.ours, self.destination, self.recipient, str(self.level))
        )


@dataclass(frozen=True, slots=True)
class Waiting:
    """One due message of a crowd; ``asks`` says that it has not been counted yet."""

    id: UUID
    ticket: Hashable
    held_for: HeldFor = ""
    asks: bool = True

    @property
    def has_gathered(self) -> bool:
        return self.held_for in {"gather", "digest"}


@dataclass(frozen=True, slots=True)
class Parting:
    """Each party is one message; ``held`` come back when the crowd has gathered."""

    parties: tuple[tuple[Waiting, ...], ...]
    held: tuple[Waiting, ...] = ()


def crowd_limit(crowd: Crowd, *, merge_after: int) -> Limit:
    """How often one person may be told apart, before they are told together."""
    match crowd:
        case Crowd(level=1, merges=True):
            return EMERGENCY
        case Crowd(level=1):
            return EMERGENCY_CALLS
        case Crowd(merges=True):
            rate = merge_after / WITHIN.total_seconds()
            gather = GATHER.get(crowd.level, GATHER_OTHERWISE)
            return Limit(rate, merge_after, gather)
        case Crowd(channel="voice"):
            return CALLS
        case _:
            return RESIDENTS


def may_merge(channel: Channel, purpose: Purpose, group: UUID | None) -> bool:
    """Relays that can be read; what is spoken, or told to residents, goes alone."""
    return channel in MOST and purpose == "relay" and group is not None


def segments(tickets: int) -> int:
    """About how long a text that lists them is; a ticket's line has forty signs."""
    return 1 if tickets == 1 else 1 + -(-tickets // 3)


def wanted(crowd: Crowd, waiting: Sequence[Waiting]) -> int:
    """How many tokens they ask for: tickets where they merge, else messages."""
    asking = [each for each in waiting if each.asks]
    return len({each.ticket for each in asking}) if crowd.merges else len(asking)


def part(
    crowd: Crowd, waiting: Sequence[Waiting], *, granted: int, limit: Limit
) -> Parting:
    """Who goes alone, who together, and who waits for more."""
    if len(waiting) == 1 and (granted or not waiting[0].asks):
        return Parting((tuple(waiting),))
    if not crowd.merges:
        return _one_by_one(waiting, granted)
    goes_anyway = any(not each.asks for each in waiting)
    asking = [each for each in waiting if each.asks]
    if asking and not granted and not goes_anyway:
        return Parting((), tuple(waiting))
    too_many = len({each.ticket for each in asking}) > granted
    tickets = len({each.ticket for each in waiting})
    gathered = any(each.has_gathered for each in waiting)
    if gathered or too_many or tickets > limit.burst:
        return Parting(tuple(_lots(waiting, MOST[crowd.channel])))
    return Parting(tuple((each,) for each in waiting))


def _one_by_one(waiting: Sequence[Waiting], granted: int) -> Parting:
    may_go = [each for each in waiting if not each.asks]
    asking = [each for each in waiting if each.asks]
    may_go += asking[:granted]
    return Parting(tuple((each,) for each in may_go), tuple(asking[granted:]))


def _lots(waiting: Sequence[Waiting], most: int) -> Iterator[tuple[Waiting, ...]]:
    """As few messages as can be, of about the same length; a ticket is in one alone."""
    tickets: dict[Hashable, list[Waiting]] = {}
    for each in waiting:
        tickets.setdefault(each.ticket, []).append(each)
    lots = -(-len(tickets) // most)
    size = -(-len(tickets) // lots)
    every = list(tickets.values())
    for start in range(0, len(every), size):
        yield tuple(each for ticket in every[start : start + size] for each in ticket)
