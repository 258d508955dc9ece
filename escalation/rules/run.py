"""Where a ladder stands, as a value: everything the next decision depends on."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime
from typing import Literal, NamedTuple
from uuid import UUID

RunState = Literal["running", "exhausted", "paused", "accepted", "closed", "superseded"]
TimerKind = Literal["step", "on_the_way", "on_site", "done", "resume"]
TimerState = Literal["due", "fired", "void"]
Milestone = Literal["on_the_way", "on_site", "done"]

# Nobody human has it yet, so somebody must still be told, now or at a known instant.
OPEN = frozenset({"running", "exhausted", "paused"})
ENDED = frozenset({"closed", "superseded"})


class Place(NamedTuple):
    """How far up the ladder; the last resort is the step after the last.

    Rounds are counted through every reopening, so that no place comes back, and
    with it no promise key.
    """

    round: int
    step: int
    repeat: int

    def __str__(self) -> str:
        return f"{self.round}/{self.step}/{self.repeat}"


FOOT = Place(0, 0, 0)


@dataclass(frozen=True, slots=True, kw_only=True)
class Run:
    """A policy at work on one ticket.

    ``opening`` is the round in which the ladder was last opened, ``planned_at`` the
    instant from which delays count, however late the step was really started.
    ``waiting`` holds the promise keys of this opening that may still be answered,
    ``holders`` the contacts who have accepted, ``reached`` what the crew has said.
    """

    id: UUID
    level: int
    started_at: datetime
    planned_at: datetime
    step_started_at: datetime
    state: RunState = "running"
    # Counts with the fence of the run's messages, whose first epoch is 1.
    epoch: int = 1
    opening: int = 0
    place: Place = FOOT
    accepted_at: datetime | None = None
    exhausted_at: datetime | None = None
    ended_at: datetime | None = None
    waiting: frozenset[str] = frozenset()
    declined: frozenset[str] = frozenset()
    holders: tuple[str, ...] = ()
    reached: frozenset[Milestone] = frozenset()
    alarm: str | None = None

    @classmethod
    def fresh(cls, id: UUID, *, level: int, at: datetime) -> Run:
        return cls(id=id, level=level, started_at=at, planned_at=at, step_started_at=at)

    def key(self, place: Place, rung: int, contact: str, channel: str) -> str:
        """Names one promise for ever: deciding again finds it instead of a second."""
        return f"{self.id}:{place}/{rung}:{contact}:{channel}"

    @property
    def hopes(self) -> frozenset[str]:
        """Keys of the current place that may still be answered."""
        here = f"{self.id}:{self.place}/"
        return frozenset(key for key in self.waiting if key.startswith(here))

    def held_by(self, contact: str) -> Run:
        """The same, in the hands of ``contact`` too; nobody is named by ""."""
        holders = dict.fromkeys((*self.holders, contact))
        holders.pop("", None)
        return replace(self, holders=tuple(holders), declined=self.declined - {contact})

    def declined_by(self, contact: str) -> Run:
        others = tuple(holder for holder in self.holders if holder != contact)
        return replace(self, holders=others, declined=self.declined | {contact})

    def without(self, contact: str) -> Run:
        """The same, with nothing more expected from ``contact``."""
        theirs = {key for key in self.waiting if key.split(":")[2] == contact}
        return replace(self, waiting=self.waiting - theirs)
