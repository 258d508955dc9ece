"""When a minder is due, and when it is overdue."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta

from townline.localtime import starts, wall

# Somebody who rings the crew is back at the queue by then.
OVERDUE_AFTER = timedelta(minutes=5)
DAY = timedelta(days=1)


def next_time(clock: time, zone: str, *, at: datetime) -> datetime:
    """When clocks in ``zone`` next show this: tonight, or else tomorrow."""
    today: date = wall(at, zone).date()
    for day in (today, today + DAY):
        instant = starts(datetime.combine(day, clock), zone)
        if instant > at:
            return instant
    return starts(datetime.combine(today + 2 * DAY, clock), zone)
