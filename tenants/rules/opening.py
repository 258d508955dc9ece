"""Whether the town hall is open, until when, and what is said because of it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from datetime import date, datetime, time, timedelta
from typing import Literal

from tenants.rules.special_days import closures, public_holiday, special_day
from tenants.town import WEEKDAYS, AnswerPhrase, OpenHours, Text, Town
from townline import localtime

State = Literal["open", "closed", "holiday"]
DAY = timedelta(days=1)
# Long enough for a seasonal office; past it a next opening is no news for a caller.
LOOK_AHEAD = 62


@dataclass(frozen=True, slots=True)
class Opening:
    """``until`` is the next change, or None when none is near."""

    state: State
    name: Text | None
    until: datetime | None


@dataclass(frozen=True, slots=True)
class Window:
    """Instants between which the town hall is open."""

    opens: datetime
    closes: datetime


def status(town: Town, *, at: datetime) -> Opening:
    today = localtime.wall(at, town.time_zone).date()
    name = special_day(town, today)
    days = (today + DAY * ahead for ahead in range(-1, LOOK_AHEAD))
    is_open, until = _change(windows(town, days), at)
    if is_open:
        return Opening("open", name, until)
    return Opening("closed" if name is None else "holiday", name, until)


def phrase(town: Town, *, at: datetime) -> AnswerPhrase:
    """What is said first at ``at``; a holiday without its own words is just closed."""
    state = status(town, at=at).state
    by_state = {each.when: each for each in town.phrases}
    return by_state.get(state) or by_state["closed"]


def windows(town: Town, days: Iterable[date]) -> Iterator[Window]:
    """The openings that begin on ``days``, by their beginning; they may overlap."""
    for day in days:
        for opens, closes in sorted(_hours(town, day)):
            yield _window(day, opens, closes, zone=town.time_zone)


def intervals(
    hours: Iterable[OpenHours], days: Iterable[date], *, zone: str
) -> Iterator[Window]:
    """Hours that no closure and no public holiday changes, on each of ``days``."""
    weekly = tuple(hours)
    for day in days:
        for each in weekly:
            if WEEKDAYS[day.weekday()] in each.days:
                yield _window(day, each.opens, each.closes, zone=zone)


def _window(day: date, opens: time, closes: time, *, zone: str) -> Window:
    # Hours that do not close later than they open close on the next day.
    last = day if closes > opens else day + DAY
    return Window(
        localtime.starts(datetime.combine(day, opens), zone),
        localtime.ends(datetime.combine(last, closes), zone),
    )


def _hours(town: Town, day: date) -> Iterator[tuple[time, time]]:
    own = closures(town, day)
    if own or public_holiday(town.holidays, day):
        parts: Iterable[tuple[time | None, time | None]]
        parts = ((each.opens, each.closes) for each in own)
    else:
        weekday = WEEKDAYS[day.weekday()]
        parts = ((e.opens, e.closes) for e in town.hours if weekday in e.days)
    for opens, closes in parts:
        if opens is not None and closes is not None:
            yield opens, closes


def _change(opening: Iterator[Window], at: datetime) -> tuple[bool, datetime | None]:
    """Whether ``at`` is in a window, and when that ends, or the next one begins."""
    is_open, until = False, at
    for window in opening:
        if window.opens > until:
            return is_open, until if is_open else window.opens
        if window.closes > until:
            is_open, until = True, window.closes
    return is_open, None
