"""Whose turn it is: members one after the other, by the town's wall clock.

A window of somebody's own starts at the first and ends at the last occurrence of its
wall times; what takes somebody away starts at the last and ends at the first.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Protocol

from tenants.town import Key, Roster, Temporary
from townline import localtime


class Window(Protocol):
    """Two wall times of the town."""

    @property
    def starts(self) -> datetime: ...

    @property
    def ends(self) -> datetime: ...


def is_there(window: Window, zone: str, at: datetime) -> bool:
    """Whether it is on at ``at``: at both occurrences of a wall time that has two."""
    starts = localtime.starts(window.starts, zone)
    return starts <= at < localtime.ends(window.ends, zone)


def takes_away(window: Window, zone: str, at: datetime) -> bool:
    """Whether what it stands in the place of is off: never before it is on itself."""
    starts = localtime.ends(window.starts, zone)
    return starts <= at < localtime.starts(window.ends, zone)


@dataclass(frozen=True, slots=True)
class Rotation:
    """``endless`` ones have no first turn: they were going on before their anchor."""

    anchor: datetime
    length: timedelta
    members: tuple[Key, ...]
    endless: bool = False

    @classmethod
    def of(cls, roster: Roster) -> Rotation:
        return cls(roster.anchor, timedelta(days=roster.days), roster.members)

    @classmethod
    def instead(cls, schedule: Temporary) -> Rotation:
        """Endless, so that an anchor within its window leaves no gap before it."""
        anchor = schedule.anchor or schedule.starts
        length = timedelta(days=schedule.days)
        return cls(anchor, length, schedule.members, endless=True)

    def in_turn(self, zone: str, at: datetime) -> tuple[Key, ...]:
        """Two while a handover is repeated; nobody before the first turn."""
        number = self._number(at, zone)
        return tuple(
            self.members[turn % len(self.members)]
            for turn in (number - 1, number, number + 1)
            if (turn >= 0 or self.endless)
            and self.members
            and localtime.starts(self._handover(turn), zone) <= at
            and at < localtime.ends(self._handover(turn + 1), zone)
        )

    def handovers(
        self, zone: str, *, since: datetime, until: datetime
    ) -> Iterator[datetime]:
        """The wall times of every handover that may fall between two instants."""
        first, last = (self._number(at, zone) for at in (since, until))
        soonest = first - 1 if self.endless else max(first - 1, 0)
        # A handover may be repeated on the day after the one it was due by the wall.
        for turn in range(soonest, last + 3):
            yield self._handover(turn)

    def _number(self, at: datetime, zone: str) -> int:
        return (localtime.wall(at, zone) - self.anchor) // self.length

    def _handover(self, turn: int) -> datetime:
        return self.anchor + turn * self.length


def turns(roster: Roster, zone: str, at: datetime) -> dict[Key, bool]:
    """Whose turn it is by the rotation that is kept; True by a temporary one."""
    found: dict[Key, bool] = {}
    for schedule in roster.temporary:
        if is_there(schedule, zone, at):
            found |= dict.fromkeys(Rotation.instead(schedule).in_turn(zone, at), True)
    if not any(takes_away(each, zone, at) for each in roster.temporary):
        for contact in Rotation.of(roster).in_turn(zone, at):
            found.setdefault(contact, False)
    return found
