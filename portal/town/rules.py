"""When last night was, when a promise is kept, and how a page of a list is named."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, time, timedelta
from typing import Literal

from townline import localtime

# The night's sheet tells of the hours in which a town hall is dark.
EVENING, MORNING = time(18), time(7)
DAY, HOUR = timedelta(days=1), timedelta(hours=1)
WEEK = 7 * DAY
# A day, the rest of the week, a month, a season: what is older has been forgotten.
AGES = (DAY, WEEK, 30 * DAY, 90 * DAY)

PromiseState = Literal["kept", "missed", "due_today", "due_later"]


@dataclass(frozen=True, slots=True)
class Night:
    """From one evening's six o'clock to the morning's seven, or until now."""

    since: datetime
    until: datetime


def last_night(at: datetime, zone: str) -> Night:
    """The night that ended this morning, or that is ending now."""
    today = localtime.wall(at, zone).date()
    since = localtime.starts(datetime.combine(today - DAY, EVENING), zone)
    until = localtime.ends(datetime.combine(today, MORNING), zone)
    return Night(since, min(until, at))


def same_nights(night: Night, zone: str, *, weeks: int) -> tuple[Night, ...]:
    """The same hours of the clock, of the same weekday, of so many weeks before."""

    def back(at: datetime, week: int) -> datetime:
        return localtime.starts(localtime.wall(at, zone) - week * WEEK, zone)

    return tuple(
        Night(back(night.since, week), back(night.until, week))
        for week in range(1, weeks + 1)
    )


def age_edges(at: datetime) -> list[datetime]:
    """The instants between one age and the next, the oldest first."""
    return [at - age for age in reversed(AGES)]


def hours_of(night: Night, zone: str) -> tuple[datetime, ...]:
    """The wall times at which the night's hours begin."""
    first, last = (localtime.wall(at, zone) for at in (night.since, night.until))
    hours = range(-(-(last - first) // HOUR))
    return tuple(first + number * HOUR for number in hours)


def end_of_day(at: datetime, zone: str) -> datetime:
    tomorrow = localtime.wall(at, zone).date() + DAY
    return localtime.starts(datetime.combine(tomorrow, time()), zone)


def start_of_week(at: datetime, zone: str) -> datetime:
    """Monday's midnight, as weeks begin in rosters."""
    today = localtime.wall(at, zone).date()
    monday = today - DAY * today.weekday()
    return localtime.starts(datetime.combine(monday, time()), zone)


def promise_state(
    promised_at: datetime, settled_at: datetime | None, *, at: datetime, zone: str
) -> PromiseState:
    """A promise is settled when somebody is on site, or the ticket is closed.

    What a caller hears is when somebody will come; a crew that is there in time has
    kept it, however long the work then takes.
    """
    if settled_at is not None:
        return "kept" if settled_at <= promised_at else "missed"
    if promised_at < at:
        return "missed"
    return "due_today" if promised_at < end_of_day(at, zone) else "due_later"
