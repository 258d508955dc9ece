"""Places and words as they are compared: without accents, capitals or long endings."""

from __future__ import annotations

import re
import unicodedata

# What one agent writes out another shortens; both languages, as addresses have them.
_SHORT = {
    "avenue": "ave",
    "boulevard": "blvd",
    "boul": "blvd",
    "chemin": "ch",
    "court": "ct",
    "drive": "dr",
    "east": "e",
    "est": "e",
    "north": "n",
    "nord": "n",
    "ouest": "o",
    "place": "pl",
    "road": "rd",
    "south": "s",
    "square": "sq",
    "street": "st",
    "sud": "s",
    "west": "w",
}
# Streets cross the same way whichever is named first.
_CROSSING = re.compile(r"\s*(?:&|/|@| and | at | et | angle )\s*", re.IGNORECASE)
_SAYS_CROSSING = re.compile(r"^(?:intersection (?:of|de)|corner of|coin)\b", re.I)
# Words of three letters and more: the shorter ones bind, and say nothing.
_WORD = re.compile(r"[^\W_]{3,}")
_LITTLE = """
and are but for has her his not our out the their there they this was with you
aux avec dans des est les nos notre par pas pour que qui son sur une vos
"""
_SAYS_LITTLE = frozenset(_LITTLE.split())


def plain(place: str) -> str:
    """``place`` so that the same one written twice is the same text; "" is nowhere."""
    bare = _SAYS_CROSSING.sub("", unaccented(place).strip())
    streets = (_street(part) for part in _CROSSING.split(bare))
    return " & ".join(sorted(filter(None, streets)))


def words_of(text: str) -> frozenset[str]:
    """The words that say something; a plural counts as its singular."""
    found = (word.rstrip("s") for word in _WORD.findall(unaccented(text)))
    return frozenset(found) - _SAYS_LITTLE


def in_common(some: frozenset[str], others: frozenset[str]) -> float:
    """The share of the shorter one's words that the longer has, too."""
    fewest = min(len(some), len(others))
    return len(some & others) / fewest if fewest else 0.0


def unaccented(text: str) -> str:
    parts = unicodedata.normalize("NFKD", text.casefold())
    return "".join(char for char in parts if not unicodedata.combining(char))


def _street(part: str) -> str:
    words: list[str] = re.findall(r"[^\W_]+", part)
    return " ".join(_SHORT.get(word, word) for word in words)
