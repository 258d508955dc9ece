"""How long something takes, as people write it: ``5 minutes``, ``1 h 30``, ``90 s``."""

from __future__ import annotations

import re
from collections.abc import Iterator

from portal.town.aloud import length
from townline.i18n import gettext

SECOND, MINUTE, HOUR, DAY = 1, 60, 3_600, 86_400
UNITS = {"s": SECOND, "m": MINUTE, "h": HOUR, "d": DAY, "j": DAY}
NAMED = (
    r"s(?:ec(?:onde?)?s?)?|m(?:in(?:ute)?s?)?|h(?:rs?|ours?|eures?)?"
    r"|d(?:ays?)?|j(?:ours?)?"
)
PART = re.compile(rf"(\d+(?:[.,]\d+)?)\s*(?:({NAMED})(?![a-z])\.?)?", re.IGNORECASE)
# "after 2 minutes", "après 1 h et 30 min", "2 minutes later", "2 minutes plus tard".
AROUND = re.compile(
    r"\b(?:after|later|and|apr[eè]s|plus tard|et)\b|,(?=\s)", re.IGNORECASE
)
# What is likeliest: to be picked where nothing else is typed.
USUAL_WAITS = (180, 300, 600, 900, 1_800, 3_600)
USUAL_OFFSETS = (0, 60, 120, 180, 300)


def read(written: str) -> int | None:
    """The seconds; a number alone is minutes. None for what is no length of time."""
    if written.strip().casefold() in {each.casefold() for each in _at_once()}:
        return 0
    bare = AROUND.sub(" ", written)
    parts = list(PART.finditer(bare))
    if not parts or PART.sub("", bare).strip():
        return None
    return round(sum(_seconds(parts)))


def offset(seconds: int) -> str:
    """``at once``, or ``after 2 minutes``."""
    if not seconds:
        return gettext("at once")
    return gettext("after {time}").format(time=length(seconds))


def _at_once() -> tuple[str, ...]:
    """In both languages: whoever types one is understood on a page in the other."""
    return (gettext("at once"), "at once", "tout de suite")


def _seconds(parts: list[re.Match[str]]) -> Iterator[float]:
    """Of "1 h 30" the last number is of the next smaller unit: minutes, or seconds."""
    smaller = MINUTE
    for number, unit in (part.groups() for part in parts):
        size = UNITS[unit[0].lower()] if unit else smaller
        smaller = MINUTE if size >= HOUR else SECOND
        yield float(number.replace(",", ".")) * size
