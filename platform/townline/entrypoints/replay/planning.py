"""A file becomes what the desk would have typed, and when; or the reasons not."""

from __future__ import annotations

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from itertools import islice
from pathlib import Path
from uuid import UUID, uuid5

import tickets
from tenants.town import Category, Town
from tickets import Intake, Reason
from townline import localtime
from townline.entrypoints.replay import residents
from townline.entrypoints.replay.formats import FORMATS
from townline.entrypoints.replay.lots import Lots
from townline.entrypoints.replay.matching import Matcher
from townline.entrypoints.replay.rows import Row, Unreadable, lines

# Every key of every replay is made from this one; it means nothing else.
NAMESPACE = UUID("5f0c9d0e-2c51-5b53-9a44-0d3c6c1b9e11")
# Where a file says only that a ticket was closed: half of them sooner than this.
CLOSES_WITHIN = {
    1: timedelta(hours=3),
    2: timedelta(hours=10),
    3: timedelta(hours=40),
    4: timedelta(days=4),
    5: timedelta(hours=20),
}


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """One replay of one file in one town; ``turn`` counts how often it was restarted.

    Tickets carry its name as who opened them, and their keys are made from it.
    """

    file: str
    seed: int
    turn: int = 0

    def __str__(self) -> str:
        return f"replay of {self.file}, seed {self.seed}, turn {self.turn}"

    def key(self, number: int) -> UUID:
        return uuid5(NAMESPACE, f"{self}/{number}")

    def at_turn(self, turn: int) -> Edition:
        return replace(self, turn=turn)

    def next(self) -> Edition:
        return self.at_turn(self.turn + 1)

    def lots(self, *names: object) -> Lots:
        """The turn changes keys, never what happens."""
        return Lots(self.seed, *names)


@dataclass(frozen=True, slots=True, kw_only=True)
class Asked:
    """One row as the desk takes it down, and what will be said when it is closed."""

    number: int
    at: datetime
    intake: Intake
    closes_at: datetime | None
    reason: Reason
    note: str


@dataclass(frozen=True, slots=True)
class Plan:
    """``refused`` counts the rows that no ticket can be made of, by their reasons."""

    town: Town
    edition: Edition
    asked: tuple[Asked, ...]
    refused: Mapping[str, int]

    @property
    def rows(self) -> int:
        return len(self.asked) + sum(self.refused.values())

    @property
    def over(self) -> datetime | None:
        """The last instant of which the file tells; None for a file of no tickets."""
        told = (each.closes_at or each.at for each in self.asked)
        return max((*told, *(each.at for each in self.asked)), default=None)


def plan(
    path: Path, town: Town, edition: Edition, *, format: str, limit: int | None
) -> Plan:
    """Everything that the file decides, before anything happens."""
    refused: Counter[str] = Counter()
    matcher = Matcher(town)
    asked = []
    for number, line in islice(lines(path), limit):
        try:
            row = FORMATS[format](number, line, edition.lots("row", number))
            asked.append(_asked(row, matcher, edition))
        except Unreadable as reason:
            refused[str(reason)] += 1
    in_order = tuple(sorted(asked, key=lambda each: (each.at, each.number)))
    return Plan(town, edition, in_order, refused)


def edition_of(path: Path, *, seed: int, turn: int = 0) -> Edition:
    """Packed or not, it is the same file."""
    name = path.name.removesuffix(".gz").removesuffix(".csv")
    return Edition(file=name, seed=seed, turn=turn)


def _asked(row: Row, matcher: Matcher, edition: Edition) -> Asked:
    town = matcher.town
    category = matcher.category(row.category, language=row.language)
    intake = _intake(row, category, town, edition)
    if fault := next(iter(tickets.faults(town, intake)), None):
        raise Unreadable(f"{fault.field}: {fault.remedy}")
    at = localtime.starts(row.opens, town.time_zone)
    return Asked(
        number=row.number,
        at=at,
        intake=intake,
        closes_at=_closes(
            row,
            at,
            level=tickets.level_of(category, intake),
            zone=town.time_zone,
            lots=edition.lots("close", row.number),
        ),
        reason=row.reason,
        note=row.note,
    )


def _intake(row: Row, category: Category, town: Town, edition: Edition) -> Intake:
    lots = edition.lots("resident", row.number)
    latitude, longitude = row.latitude, row.longitude
    if not row.place and latitude is None:
        longitude, latitude = residents.point(town, lots)
    return Intake(
        client_key=edition.key(row.number),
        category=category.key,
        channel=row.channel,
        caller=residents.caller(row.channel, row.language, lots),
        place=row.place,
        latitude=latitude,
        longitude=longitude,
        words=row.words,
        answers=residents.answers(category, lots),
        read_back=row.channel == "phone",
    )


def _closes(
    row: Row, at: datetime, *, level: int, zone: str, lots: Lots
) -> datetime | None:
    if not row.closed:
        return None
    if row.closes is None:
        return at + lots.after(CLOSES_WITHIN[level], spread=1.0)
    # Closed in the second in which it was opened, or before by a slip of the pen.
    return max(at + timedelta(seconds=1), localtime.ends(row.closes, zone))
