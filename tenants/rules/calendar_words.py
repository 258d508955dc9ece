"""Weekdays, dates, seasons and times of the day as both languages say them."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import UTC, date, datetime, time
from typing import TypeVar

from babel.dates import format_date

from tenants.town import WEEKDAYS, Dates, Language, Season, Text, TimeSpan, Weekday
from townline import i18n, words

Said = TypeVar("Said")
LANGUAGES: tuple[Language, ...] = ("en", "fr")
# Any Monday: the names of the weekdays are the same in every week.
MONDAY = date(2024, 1, 1)
# Any leap year: 29 February is a day of some years, and may begin a season.
LEAP_YEAR = 2024


def days(weekdays: Sequence[Weekday]) -> Text:
    """``on Saturday and Sunday``, ``le samedi et le dimanche``."""

    def said(day: Weekday, language: Language) -> str:
        shown = MONDAY.replace(day=1 + WEEKDAYS.index(day))
        name = format_date(shown, "EEEE", locale=i18n.LOCALES[language])
        return f"le {name}" if language == "fr" else f"on {name}"

    return _listed(weekdays, said)


def dates(spans: Sequence[Dates]) -> Text:
    """``on 24 December 2026``, ``du 24 au ...`` with both days in full."""

    def said(span: Dates, language: Language) -> str:
        first, last = (_day(e, language, "MMMM y") for e in (span.first, span.last))
        if span.first == span.last:
            return f"le {first}" if language == "fr" else f"on {first}"
        return _from_to(first, last, language)

    return _listed(spans, said)


def seasons(spans: Sequence[Season]) -> Text:
    """``from 15 November to 31 March``, ``du 15 novembre au 31 mars``."""

    def said(span: Season, language: Language) -> str:
        first, last = (_month_day(e, language) for e in (span.first, span.last))
        return _from_to(first, last, language)

    return _listed(spans, said)


def times(spans: Sequence[TimeSpan]) -> Text:
    """``from 10:00 p.m. to 6:00 a.m.``, ``de 22 h à 6 h``."""

    def said(span: TimeSpan, language: Language) -> str:
        starts, ends = (_time(each, language) for each in (span.starts, span.ends))
        if language == "fr":
            return f"de {starts} à {ends}"
        return f"from {starts} to {ends}"

    return _listed(spans, said)


def _listed(each: Sequence[Said], said: Callable[[Said, Language], str]) -> Text:
    """All of them, the last after an "and"; nothing of none."""
    en, fr = ([said(one, language) for one in each] for language in LANGUAGES)
    return Text(en=_joined(en, "and"), fr=_joined(fr, "et"))


def _joined(named: list[str], last: str) -> str:
    if len(named) < 2:
        return "".join(named)
    return f"{', '.join(named[:-1])} {last} {named[-1]}"


def _from_to(first: str, last: str, language: Language) -> str:
    if language == "fr":
        return f"du {first} au {last}"
    return f"from {first} to {last}"


def _day(day: date, language: Language, rest: str) -> str:
    number = "1er" if language == "fr" and day.day == 1 else str(day.day)
    return f"{number} {format_date(day, rest, locale=i18n.LOCALES[language])}"


def _month_day(written: str, language: Language) -> str:
    """A season may be bounded by a day that no month has: "02-30" is said so too."""
    month, day = (int(part) for part in written.split("-"))
    name = format_date(date(LEAP_YEAR, month, 1), "MMMM", locale=i18n.LOCALES[language])
    return f"{'1er' if language == 'fr' and day == 1 else day} {name}"


def _time(clock: time, language: Language) -> str:
    with i18n.speaking(language):
        return words.spoken_time(datetime.combine(MONDAY, clock, UTC), "UTC")
