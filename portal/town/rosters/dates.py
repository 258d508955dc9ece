"""Days of a calendar in words, and instants as a form's field has them."""

from __future__ import annotations

from datetime import date, datetime

from babel.dates import format_date

from townline import localtime
from townline.i18n import LOCALES, language


def day(it: date) -> str:
    """9 February, or 9 février."""
    if language() == "fr":
        return f"{_first(it)} {_said(it, 'MMMM')}"
    return _said(it, "d MMMM")


def weekday(it: date) -> str:
    """Mon 9, or lun. 9."""
    return f"{_said(it, 'EEE')} {_first(it) if language() == 'fr' else it.day}"


def weekday_alone(it: date) -> str:
    """Mon, or lun."""
    return _said(it, "EEE")


def number(it: date) -> str:
    """9; the first of a month is 1er in French."""
    return _first(it) if language() == "fr" else str(it.day)


def month(it: date) -> str:
    """February 2026, or Février 2026."""
    said = _said(it, "MMMM y")
    return said[:1].upper() + said[1:]


def local(at: datetime, zone: str) -> str:
    """``2026-02-09T07:00``, as the town's wall has it and its file writes it."""
    return field(wall_of(at, zone))


def wall(it: datetime) -> str:
    """Mon 9 Feb, 07:00: a time of the town's that is no instant yet."""
    return f"{_said(it.date(), 'EEE d MMM')}, {it:%H:%M}"


def beginning(it: datetime) -> str:
    """Mon 23 May 2011, 07:00: with its year, for what has gone on for long."""
    return f"{_said(it.date(), 'EEE d MMM y')}, {it:%H:%M}"


def field(it: datetime) -> str:
    return it.isoformat(timespec="minutes")


def wall_of(at: datetime, zone: str) -> datetime:
    return localtime.wall(at, zone)


def read(text: str) -> datetime | None:
    """What was typed into a form's field, or None: that is no day and time."""
    try:
        found = datetime.fromisoformat(text.strip())
    except ValueError:
        return None
    return None if found.tzinfo else found


def _first(it: date) -> str:
    return "1er" if it.day == 1 else str(it.day)


def _said(it: date, pattern: str) -> str:
    return str(format_date(it, pattern, locale=LOCALES[language()]))
