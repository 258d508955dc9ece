"""How well calls are answered: every figure from counts, and every formula named.

A call counts from the moment its caller began to wait for a person; whoever left
while still in a menu does not. Tests and mystery calls count nowhere.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, fields
from datetime import date, datetime, time, timedelta
from typing import Literal

from calls.rules.dispositions import Disposition
from townline.localtime import starts

Formula = Literal[1, 2, 3, 4]
FORMULAS: tuple[Formula, ...] = (1, 2, 3, 4)
# Short abandons excluded, as the field recommends.
USUAL: Formula = 4
HOUR = timedelta(hours=1)
# A resident who rings again within the week was not helped the first time.
AGAIN_WITHIN = timedelta(days=7)

# What the caller wanted was said on the spot, and nobody has anything left to do.
RESOLVED: tuple[Disposition, ...] = ("information_given", "status_enquiry")
TRANSFERRED: tuple[Disposition, ...] = (
    "transferred_city",
    "transferred_911",
    "patched_on_call",
)
# Nobody who wanted something of the town was on the line.
NO_CONTACT: tuple[Disposition, ...] = (
    "wrong_number",
    "wrong_city",
    "hang_up",
    "silent",
    "spam",
    "test_call",
    "dropped_call",
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Tally:
    """Counts of some calls, and their seconds added up; tallies can be added.

    ``in_time`` is within the town's threshold. ``short`` left within ten seconds.
    """

    answered: int = 0
    answered_in_time: int = 0
    abandoned: int = 0
    abandoned_in_time: int = 0
    short: int = 0
    in_menu: int = 0
    excluded: int = 0
    waited: float = 0
    talked: float = 0
    held: float = 0
    wrapped_up: float = 0
    transferred: int = 0
    contacts: int = 0
    resolved: int = 0

    def __add__(self, other: Tally) -> Tally:
        both = (
            (each.name, getattr(self, each.name) + getattr(other, each.name))
            for each in fields(self)
        )
        return Tally(**dict(both))

    def service_level(self, formula: Formula) -> float | None:
        """The share of calls that were answered in time, as that formula has it."""
        late = self.abandoned - self.abandoned_in_time
        above, below = {
            1: (
                self.answered_in_time + self.abandoned_in_time,
                self.answered + self.abandoned,
            ),
            2: (self.answered_in_time, self.answered),
            3: (self.answered_in_time, self.answered + self.abandoned),
            4: (self.answered_in_time, self.answered + late),
        }[formula]
        return above / below if below else None

    @property
    def speed_of_answer(self) -> float | None:
        """ASA: the mean wait of who was answered, in seconds."""
        return self._per_answered(self.waited)

    @property
    def handle_time(self) -> float | None:
        """AHT: talk, hold and wrap-up of an answered call, in seconds."""
        return self._per_answered(self.talked + self.held + self.wrapped_up)

    @property
    def abandonment(self) -> float | None:
        """Who hung up in line, of all in line; who left within ten seconds is out."""
        gave_up = self.abandoned - self.short
        offered = self.answered + gave_up
        return gave_up / offered if offered else None

    @property
    def transfer_share(self) -> float | None:
        return self._per_answered(self.transferred)

    @property
    def first_contact_resolution(self) -> float | None:
        return self.resolved / self.contacts if self.contacts else None

    def occupancy(self, staffed: timedelta) -> float | None:
        """Handle time times calls, of the time that agents were at work."""
        busy = self.talked + self.held + self.wrapped_up
        seconds = staffed.total_seconds()
        return busy / seconds if seconds else None

    def _per_answered(self, total: float) -> float | None:
        return total / self.answered if self.answered else None


@dataclass(frozen=True, slots=True)
class Worked:
    """How long an agent was at work, and how much of that on calls or writing up.

    Both are the agent's own, of all towns: of one town's calls alone, whoever answers
    for many would seem idle.
    """

    staffed: timedelta
    busy: timedelta

    @property
    def occupancy(self) -> float | None:
        return self.busy / self.staffed if self.staffed else None


@dataclass(frozen=True, slots=True)
class Days:
    """Whole days of a town's own calendar, both included."""

    first: date
    last: date

    def instants(self, zone: str) -> tuple[datetime, datetime]:
        """From midnight to midnight there; a day may have 23 or 25 hours."""
        return (
            starts(datetime.combine(self.first, time()), zone),
            starts(datetime.combine(self.last + timedelta(days=1), time()), zone),
        )

    def hours(self, zone: str) -> Iterator[datetime]:
        """Every hour that passes, also one that clocks show twice."""
        at, until = self.instants(zone)
        while at < until:
            yield at
            at += HOUR
