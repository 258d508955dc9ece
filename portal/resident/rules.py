"""How far a ticket has come, and what of its place everybody may read."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from typing import Literal

Name = Literal["received", "passed_on", "taken", "at_work", "closed", "your_word"]
State = Literal["past", "now", "ahead"]

SENT = frozenset({"relay.attempted", "relay.sent", "relay.delivered"})
WORKING = frozenset({"ticket.on_the_way", "ticket.on_site"})

# 402 Elm St · 12B Oak St · 27, rue des Érables; but 4th Ave and 2e Rue are streets.
_HOUSE = re.compile(r"^\s*\d+(?!e\b)[A-Za-z]?(?:\s*[-/]\s*\d+)?\s*,?\s+(?=\D)")
_DOOR = re.compile(
    r",?\s*(?:#|\b(?:apt|apartment|unit|suite|app|appartement|bureau)\b)\.?\s*[\w-]*",
    re.IGNORECASE,
)
_COORDINATES = re.compile(r"^[\s\d.,;+-]*$")


@dataclass(frozen=True, slots=True)
class Event:
    name: str
    at: datetime


@dataclass(frozen=True, slots=True)
class Station:
    """One of the five or six places a ticket passes; ``at`` is when it did."""

    name: Name
    state: State
    at: datetime | None = None


def stations(
    opened_at: datetime, closed_at: datetime | None, events: Iterable[Event]
) -> tuple[Station, ...]:
    """Where a ticket is. What did not happen before it closed is left out."""
    times = _times(events)
    reached: dict[Name, datetime | None] = {
        "received": opened_at,
        "passed_on": times.get("passed_on"),
        "taken": times.get("taken"),
        "at_work": times.get("at_work"),
        "closed": closed_at,
    }
    if closed_at is not None:
        past = tuple(Station(n, "past", at) for n, at in reached.items() if at)
        return (*past, Station("your_word", "now"))
    furthest = max(i for i, at in enumerate(reached.values()) if at)
    open_stations = tuple(
        Station(name, _state(place, furthest), at)
        for place, (name, at) in enumerate(reached.items())
    )
    return (*open_stations, Station("your_word", "ahead"))


def street_only(place: str) -> str:
    """A place without house number and door; nothing at all of a point on the map."""
    if _COORDINATES.match(place):
        return ""
    return _DOOR.sub("", _HOUSE.sub("", place)).strip(" ,")


def prefix_of(number: str) -> str | None:
    """The three letters a tracking number begins with, however it was typed."""
    plain = [char for char in number.upper() if char.isascii() and char.isalnum()]
    letters = "".join(plain[:3])
    return letters if len(plain) > 3 and letters.isalpha() else None


def _state(place: int, furthest: int) -> State:
    if place == furthest:
        return "now"
    return "past" if place < furthest else "ahead"


def _times(events: Iterable[Event]) -> dict[Name, datetime]:
    """The first sending and work; the taking that still holds.

    A crew that took it and never came loses it, and then nobody has taken it; of a
    ticket that was opened again, all that begins anew.
    """
    times: dict[Name, datetime] = {}
    for event in events:
        if event.name in SENT:
            times.setdefault("passed_on", event.at)
        elif event.name == "relay.accepted":
            times.setdefault("taken", event.at)
        elif event.name == "relay.reopened":
            times.pop("taken", None)
            times.pop("at_work", None)
        elif event.name == "ticket.reopened":
            times.clear()
        elif event.name in WORKING:
            times.setdefault("at_work", event.at)
    return times
