"""Quiet hours hold what can wait until the morning, and never an emergency."""

from __future__ import annotations

from datetime import date, datetime, timedelta

from tenants.town import QuietHours
from townline import localtime

EMERGENCY = 1
DAY = timedelta(days=1)


def held(quiet: QuietHours | None, *, zone: str, level: int, at: datetime) -> datetime:
    """When a message due ``at`` may go: then, or when the quiet hours are over."""
    if quiet is None or level == EMERGENCY:
        return at
    today = localtime.wall(at, zone).date()
    for day in (today - DAY, today):
        starts, ends = _window(quiet, zone, day)
        if starts <= at < ends:
            return ends
    return at


def _window(quiet: QuietHours, zone: str, day: date) -> tuple[datetime, datetime]:
    """The quiet hours that begin on ``day``; those that pass midnight end on the next.

    Quiet hours that end as they start are none.
    """
    last = day if quiet.ends >= quiet.starts else day + DAY
    return (
        localtime.starts(datetime.combine(day, quiet.starts), zone),
        localtime.ends(datetime.combine(last, quiet.ends), zone),
    )
