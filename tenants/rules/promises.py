"""What a caller is promised, and when it falls due."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import count

from tenants.rules.opening import DAY, windows
from tenants.rules.spoken import spoken
from tenants.town import Category, Promise, Text, Town
from townline import localtime

MINUTE = timedelta(minutes=1)


@dataclass(frozen=True, slots=True)
class SpokenPromise:
    """The instant the promise is measured against, and the words that named it."""

    due: datetime
    say: Text


def promise(town: Town, category: Category, *, at: datetime) -> SpokenPromise:
    due_at = due(town, category, at=at)
    say = category.promise.say
    return SpokenPromise(
        due_at,
        Text(
            en=_filled(say.en, town, "en", due=due_at, at=at),
            fr=_filled(say.fr, town, "fr", due=due_at, at=at),
        ),
    )


def due(town: Town, category: Category, *, at: datetime) -> datetime:
    """When what is promised at ``at`` falls due."""
    return _full_minute(_due(town, category.promise, at))


def _due(town: Town, promised: Promise, at: datetime) -> datetime:
    length = timedelta(hours=promised.hours)
    if promised.clock == "elapsed":
        return at + length
    return _after_open_time(town, length, at)


def _after_open_time(town: Town, left: timedelta, at: datetime) -> datetime:
    """When the town hall will have been open for as long as ``left`` says.

    A town with a promise in business time has weekly hours: its file is refused
    without them, so the days ahead are not counted in vain.
    """
    today = localtime.wall(at, town.time_zone).date()
    opening = windows(town, (today + DAY * ahead for ahead in count(-1)))
    counted, window = at, next(opening)
    while (counted := max(counted, window.opens)) + left > window.closes:
        left -= max(window.closes - counted, timedelta())
        counted, window = max(counted, window.closes), next(opening)
    return counted + left


def _full_minute(due: datetime) -> datetime:
    """Said to the minute, so measured to the minute, and never sooner than said."""
    return due + (due.replace(second=0, microsecond=0) - due) % MINUTE


def _filled(
    words: str, town: Town, language: str, *, due: datetime, at: datetime
) -> str:
    if "{due}" not in words:
        return words
    named = spoken(due, at=at, zone=town.time_zone, language=language)
    filled = words.replace("{due}", named)
    # "4:45 a.m." ends a sentence with its own dot.
    return filled.replace(f"{named}.", named) if named.endswith(".") else filled
