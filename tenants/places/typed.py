"""What is typed for a place: its number and its street, or the two of a crossing."""

from __future__ import annotations

import re
from dataclasses import dataclass

from tenants.places.vocabulary import GENERIC_OR_JOINING, THINGS, UNITS
from tenants.places.words import code, normalised, plain

# "12", "12A", "12-14", "12 1/2", "14 bis"; never an ordinal: "4th" is a street.
_NUMBER = re.compile(
    r"(?P<number>\d{1,6})"
    r"(?P<suffix>\s?-\s?\d{1,6}|\s\d/\d|\s?(?:bis|ter)\b|[a-z](?![a-z0-9]))?"
    r"(?=[\s,]|$)",
    re.IGNORECASE,
)
_UNIT = re.compile(
    r"[,\s]+(?:#\s?|(?:" + "|".join(sorted(UNITS)) + r")\.?\s*#?\s*)"
    r"(?P<unit>[a-z0-9-]{1,10})\b",
    re.IGNORECASE,
)
_BETWEEN = re.compile(r"\s*(?:&|\+|/|@|\band\b|\bet\b|\bat\b)\s*", re.IGNORECASE)
_CORNER = re.compile(
    r"^\s*(?:the\s+)?(?:corner|crossing|intersection|coin|angle)\s+"
    r"(?:of|de\s+la|des|de|du)?\s*",
    re.IGNORECASE,
)
_POINT = re.compile(r"^\s*(-?\d{1,3}[.,]\d{3,})[\s,;]+(-?\d{1,3}[.,]\d{3,})\s*$")


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """``street`` is as written; ``whole`` too, for names that begin with a number."""

    whole: str
    street: str
    number: int | None = None
    suffix: str = ""
    unit: str = ""


def address(text: str) -> Typed:
    """The house number may stand before the street or, as some say it, behind."""
    unit = _UNIT.search(text)
    whole = text[: unit.start()] + text[unit.end() :] if unit else text
    found = _NUMBER.match(whole.strip()) or _last_number(whole.strip())
    if found is None:
        return Typed(whole=whole, street=whole, unit=_unit(unit))
    street = (whole.strip()[: found.start()] + whole.strip()[found.end() :]).strip(" ,")
    return Typed(
        whole=whole,
        street=street,
        number=int(found["number"]),
        suffix=suffix(found["suffix"] or ""),
        unit=_unit(unit),
    )


def suffix(written: str) -> str:
    """What follows a house number, in one spelling: "12 - 14" ends as "-14"."""
    return re.sub(r"\s", "", written).lower()[:10]


def crossing(text: str) -> tuple[str, str] | None:
    """The two streets of "A & B", once both have begun to be typed."""
    parts = _BETWEEN.split(_CORNER.sub("", text))
    if len(parts) != 2 or not all(normalised(part) for part in parts):
        return None
    return parts[0], parts[1]


def point(text: str) -> tuple[float, float] | None:
    """A latitude and a longitude as a map shows them: longitude first is our order."""
    found = _POINT.match(text)
    if found is None:
        return None
    latitude, longitude = (float(each.replace(",", ".")) for each in found.groups())
    if abs(latitude) > 90 or abs(longitude) > 180:
        return None
    return longitude, latitude


def thing(text: str) -> str:
    """The code in "hydrant 1234" or "H-1234"; nothing when there is no digit in it."""
    words = [word for word in plain(text).split() if word not in THINGS]
    found = code(" ".join(words))
    short = len(words) <= 2 and len(found) <= 40
    return found if short and any(char.isdigit() for char in found) else ""


def names_a_thing(text: str) -> bool:
    """ "hydrant 1234", "P-118": a word for it, or letters that belong to the number."""
    words = plain(text).split()
    return any(word in THINGS for word in words) or text.strip().find(" ") < 0


def names_something(words: tuple[str, ...]) -> bool:
    """ "rue de la" names nothing yet, "pins" does."""
    return any(word not in GENERIC_OR_JOINING for word in words)


def _last_number(text: str) -> re.Match[str] | None:
    found = [each for each in _NUMBER.finditer(text) if each.end() == len(text)]
    return found[-1] if found and found[-1].start() > 0 else None


def _unit(found: re.Match[str] | None) -> str:
    return found["unit"].lower() if found else ""
