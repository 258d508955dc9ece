"""Days that are not like their weekday: public holidays and the town's own."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from functools import cache

import holidays

from tenants.town import Closure, Text, Town


def special_day(town: Town, day: date) -> Text | None:
    """What the day is called if it is a holiday or has hours of its own."""
    own = closures(town, day)
    return own[0].name if own else public_holiday(town.holidays, day)


def closures(town: Town, day: date) -> tuple[Closure, ...]:
    """The town's own word on a day; it overrides the public calendar."""
    return tuple(each for each in town.closures if each.day == day)


def public_holiday(region: str, day: date) -> Text | None:
    """The holiday kept on ``day`` in ``US-IL`` or ``CA-QC``, observed days included."""
    country = region[:2]
    english = _public_days(region, day.year, f"en_{country}").get(day)
    if english is None:
        return None
    return Text(en=english, fr=_public_days(region, day.year, "fr")[day])


@cache
def _public_days(region: str, year: int, language: str) -> Mapping[date, str]:
    """Names in ``language``, or in the country's own where that one is not kept."""
    country, _, subdivision = region.partition("-")
    return holidays.country_holidays(
        country, subdiv=subdivision or None, years=year, language=language
    )
