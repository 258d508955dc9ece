"""Keys and letters made of names, for people who have never heard of either."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable

LONGEST = 40
# What stands before the name of many towns, and says nothing of which.
EMPTY = re.compile(
    r"^(the\s+)?(city|town|village|county|ville|municipalité|township)\s+(of|de|d['’])\s*"
)


def key_of(name: str, *, otherwise: str = "town") -> str:
    """``Sainte-Aurore`` is ``sainte-aurore``; so is ``Ville de Sainte-Aurore``."""
    plain = _plain(EMPTY.sub("", name.strip().lower()))
    words = re.sub(r"[^a-z0-9]+", "-", plain).strip("-")
    return words[:LONGEST].strip("-") or otherwise


def keys_of(names: Iterable[str]) -> tuple[str, ...]:
    """A key each; whoever is called the same as somebody before has a number too."""
    taken: list[str] = []
    for name in names:
        key, number = key_of(name, otherwise="person"), 2
        while key in taken:
            key = f"{key_of(name, otherwise='person')[: LONGEST - 3]}-{number}"
            number += 1
        taken.append(key)
    return tuple(taken)


def prefix_of(name: str) -> str:
    """Three letters to begin tracking numbers with; fewer if the name has no more."""
    return re.sub(r"[^a-z]", "", key_of(name))[:3].upper()


def _plain(words: str) -> str:
    apart = unicodedata.normalize("NFKD", words)
    return "".join(each for each in apart if not unicodedata.combining(each))
