"""Due times as they are said to a caller, in each of the town's languages."""

from __future__ import annotations

from datetime import datetime

from babel.dates import format_date

from townline import i18n, localtime, words


def spoken(due: datetime, *, at: datetime, zone: str, language: str) -> str:
    """``4:45 a.m.`` today; ``le jeudi 12 février à 16 h 30`` on another day."""
    with i18n.speaking(language):
        time = words.spoken_time(due, zone)
    day, today = (localtime.wall(each, zone).date() for each in (due, at))
    if day == today:
        return time
    pattern = "MMMM" if day.year == today.year else "MMMM y"
    locale = i18n.LOCALES[language]
    weekday = format_date(day, "EEEE", locale=locale)
    month = format_date(day, pattern, locale=locale)
    if language == "fr":
        return f"le {weekday} {'1er' if day.day == 1 else day.day} {month} à {time}"
    return f"{time} on {weekday} {day.day} {month}"
