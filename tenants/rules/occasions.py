"""Whether a policy holds at an instant, as far as clock and calendar decide.

Of hours that pass midnight the day counts on which they began: a Friday's policy from
22:00 to 06:00 still holds on Saturday at 02:00.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, datetime
from typing import Literal, get_args

from tenants.rules.opening import DAY
from tenants.rules.special_days import closures, public_holiday
from tenants.town import WEEKDAYS, Calendar, Policy, TimeSpan, Town
from townline import localtime

# By what a policy may be narrowed: the rarest first, for it is the most telling.
Narrowing = Literal["dates", "calendar", "seasons", "days", "times", "hours"]
NARROWINGS: tuple[Narrowing, ...] = get_args(Narrowing)


def unmet(
    town: Town, policy: Policy, *, is_open: bool, at: datetime
) -> Narrowing | None:
    """What keeps a policy from holding at ``at``, or None: it holds."""
    if policy.hours != "any" and (policy.hours == "open") != is_open:
        return "hours"
    found: Narrowing = "times"
    for day in _days(policy, town.time_zone, at):
        lacking = _unmet_on(town, policy, day)
        if lacking is None:
            return None
        found = lacking
    return found


def kinds(town: Town, day: date) -> frozenset[Calendar]:
    """Everything a day is in the town's calendar."""
    plain = _kind(town, day)
    found: set[Calendar] = {"any", plain}
    if plain == "holiday":
        found.add("day-off")
    if _kind(town, day + DAY) == "holiday":
        found.add("eve")
    if _kind(town, day - DAY) == "holiday":
        found.add("day-after")
    return frozenset(found)


def _kind(town: Town, day: date) -> Calendar:
    if own := closures(town, day):
        is_partly_open = any(each.opens is not None for each in own)
        return "half-day" if is_partly_open else "holiday"
    if public_holiday(town.holidays, day):
        return "holiday"
    weekday = WEEKDAYS[day.weekday()]
    works = any(weekday in each.days for each in town.hours)
    return "workday" if works else "day-off"


def _unmet_on(town: Town, policy: Policy, day: date) -> Narrowing | None:
    """What a whole day lacks."""
    month_day = f"{day:%m-%d}"
    if policy.dates and not any(e.first <= day <= e.last for e in policy.dates):
        return "dates"
    if policy.calendar != "any" and policy.calendar not in kinds(town, day):
        return "calendar"
    if policy.seasons and not any(
        within_season(each.first, month_day, each.last) for each in policy.seasons
    ):
        return "seasons"
    if policy.days and WEEKDAYS[day.weekday()] not in policy.days:
        return "days"
    return None


def within_season(first: str, day: str, last: str) -> bool:
    """A season that passes the new year is what lies outside the rest of the year."""
    if first <= last:
        return first <= day <= last
    return day >= first or day <= last


def _days(policy: Policy, zone: str, at: datetime) -> Iterator[date]:
    """The days whose rules count at ``at``; none outside the policy's own hours."""
    today = localtime.wall(at, zone).date()
    if not policy.times:
        yield today
        return
    for span in policy.times:
        for day in (today - DAY, today):
            starts, ends = _window(span, zone, day)
            if starts <= at < ends:
                yield day


def _window(span: TimeSpan, zone: str, day: date) -> tuple[datetime, datetime]:
    last = day if span.ends > span.starts else day + DAY
    return (
        localtime.starts(datetime.combine(day, span.starts), zone),
        localtime.ends(datetime.combine(last, span.ends), zone),
    )
