"""Numbers, dates, phones and times as each language writes them.

The table "Words" of the design says how: 03:12 in logs, 3:12 a.m. and 3 h 12 in
sentences. Every function takes an aware instant and the town's zone.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta
from functools import lru_cache
from zoneinfo import ZoneInfo

import phonenumbers
from babel.dates import format_date, format_datetime
from babel.numbers import format_decimal, format_percent

from townline.i18n import LOCALES, language, ngettext

NO_BREAK = "\u00a0"


def clock(at: datetime, zone: str, *, seconds: bool = False) -> str:
    """03:12 or 03:21:44, for desk and logs."""
    return at.astimezone(ZoneInfo(zone)).strftime("%H:%M:%S" if seconds else "%H:%M")


def zone_name(at: datetime, zone: str) -> str:
    """CST or HNE, whichever the language and the season say."""
    wall = at.astimezone(ZoneInfo(zone))
    return str(format_datetime(wall, "z", locale=_locale(), tzinfo=ZoneInfo(zone)))


def spoken_time(at: datetime, zone: str) -> str:
    """3:12 a.m., or 3 h 12, 16 h."""
    wall = at.astimezone(ZoneInfo(zone))
    if language() == "fr":
        minutes = f"{NO_BREAK}{wall:%M}" if wall.minute else ""
        return f"{wall.hour}{NO_BREAK}h{minutes}"
    half = "a.m." if wall.hour < 12 else "p.m."
    return f"{wall.hour % 12 or 12}:{wall:%M}{NO_BREAK}{half}"


def long_date(at: datetime, zone: str) -> str:
    """Thursday 12 February 2026, or le jeudi 12 février 2026."""
    wall = at.astimezone(ZoneInfo(zone))
    if language() == "fr":
        first = "1er" if wall.day == 1 else str(wall.day)
        name, rest = (
            format_date(wall, part, locale="fr") for part in ("EEEE", "MMMM y")
        )
        return f"le {name} {first} {rest}"
    return str(format_date(wall, "EEEE d MMMM y", locale=_locale()))


def short_date(at: datetime, zone: str) -> str:
    """Thu 12 Feb, or jeu. 12 févr."""
    return day(at.astimezone(ZoneInfo(zone)).date())


def day(it: date) -> str:
    """The same of a day that is no instant."""
    return _day(it, _locale())


@lru_cache(maxsize=4096)
def _day(day: date, locale: str) -> str:
    """A page of fifty tickets says some hundred days, and most of them many times."""
    return str(format_date(day, "EEE d MMM", locale=locale))


def moment(at: datetime, zone: str) -> str:
    """Thu 12 Feb, 03:12: a day and a clock together, for lists."""
    return f"{short_date(at, zone)}, {clock(at, zone)}"


def number(value: float) -> str:
    return str(format_decimal(value, locale=_locale()))


def percent(value: float) -> str:
    """86.1%, or 86,1 % with a no-break space."""
    return str(
        format_percent(
            value,
            "#,##0.#%" if language() == "en" else f"#,##0.#{NO_BREAK}%",
            locale=_locale(),
        )
    )


def phone(value: str) -> str:
    """(312) 555-0142 in English, 418 555-0137 in French."""
    try:
        parsed = phonenumbers.parse(value, "US")
    except phonenumbers.NumberParseException:
        return value
    style = phonenumbers.PhoneNumberFormat.NATIONAL
    national = phonenumbers.format_number(parsed, style)
    if language() == "fr" and parsed.country_code == 1:
        return national.replace("(", "").replace(")", "")
    return national


def elapsed(length: timedelta) -> str:
    """m:ss up to an hour, then hours and minutes in words."""
    seconds = max(0, int(length.total_seconds()))
    if seconds < 3600:
        return f"{seconds // 60}:{seconds % 60:02}"
    hours, minutes = divmod(seconds // 60, 60)
    return f"{hours}{NO_BREAK}h{NO_BREAK}{minutes:02}"


def lasting(length: timedelta) -> str:
    """1 minute 30 seconds: in a sentence, 1:30 would be a time of day."""
    seconds = max(0, int(length.total_seconds()))
    hours, minutes = divmod(seconds // 60, 60)
    parts = (
        (hours, ngettext("{number} hour", "{number} hours", hours)),
        (minutes, ngettext("{number} minute", "{number} minutes", minutes)),
        (seconds % 60, ngettext("{number} second", "{number} seconds", seconds % 60)),
    )
    # Past an hour nobody counts seconds; nothing at all lasts no time.
    said = [(n, unit) for n, unit in (parts[:2] if hours else parts) if n]
    spoken = (unit.format(number=n) for n, unit in said or parts[2:])
    return " ".join(each.replace(" ", NO_BREAK) for each in spoken)


def _locale() -> str:
    return LOCALES[language()]
