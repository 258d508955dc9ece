"""What a timeline is made of."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Literal
from uuid import UUID

from tenants.rules import is_known, person
from tenants.town import Town
from tickets import Ticket
from townline.i18n import language
from townline.proof import LogEntry

# A person's dot is filled, a machine's hollow; green is a person's yes or a promise
# kept, red is nobody or too late.
Mark = Literal["machine", "human", "ok", "bad"]
Tone = Literal["plain", "ok", "soon", "bad"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Row:
    """One line of a relay's table: a step's heading, or an attempt and its outcome."""

    kind: Literal["step", "attempt", "held", "withdrawn"]
    at: datetime
    to: str
    state: str
    tone: Tone = "plain"
    attempt: str = ""
    channel: str = ""
    destination: str = ""
    words: str = ""


@dataclass(frozen=True, slots=True, kw_only=True)
class Beat:
    """One point of the timeline. ``entries`` are the numbers of what it tells of."""

    at: datetime
    entries: tuple[int, ...]
    head: str
    rest: str = ""
    mark: Mark = "machine"
    more: tuple[str, ...] = ()
    say: str = ""
    rows: tuple[Row, ...] = ()


@dataclass(frozen=True, slots=True)
class About:
    """What a sentence needs besides its entry. ``people`` are reporters by their id,
    ``closing_notes`` what was written at each closing, by when that was.
    """

    ticket: Ticket
    town: Town
    caller: str
    closing_notes: Mapping[datetime, str]
    people: Mapping[str, str]

    @property
    def zone(self) -> str:
        return self.town.time_zone

    def contact(self, key: str) -> str:
        """Somebody who has left the town's file since is called by their key."""
        known = is_known(self.town, f"contact:{key}")
        return person(self.town, key).name if known else key

    def policy(self, key: str) -> str:
        named = (e.name.in_(language()) for e in self.town.policies if e.key == key)
        return next(named, key)


@dataclass(frozen=True, slots=True)
class Happened:
    """An entry of the log, with its facts as words."""

    seq: int
    at: datetime
    event: str
    subject: UUID
    by: str
    by_machine: bool
    facts: Mapping[str, object]

    @classmethod
    def read(cls, entry: LogEntry) -> Happened:
        kind, _, name = entry.actor.partition(" ")
        return cls(
            entry.seq,
            entry.at,
            entry.event,
            entry.subject_id,
            name,
            kind == "townline",
            entry.told(),
        )

    def fact(self, name: str) -> str:
        value = self.facts.get(name)
        return "" if value is None else str(value)

    def number(self, name: str) -> float:
        value = self.facts.get(name)
        return value if isinstance(value, int | float) else 0

    def names(self, name: str) -> list[str]:
        value = self.facts.get(name)
        return [str(each) for each in value] if isinstance(value, list) else []

    def instant(self, name: str) -> datetime | None:
        """A time among the facts; the log keeps them as ISO 8601."""
        value = self.fact(name)
        return datetime.fromisoformat(value) if value else None
