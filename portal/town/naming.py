"""Short names for new entries, made of what people call them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from itertools import count

from portal.town.forms import Group

# As many signs as a key may have, and room for a number behind.
LONGEST = 36
# What an entry is called, whichever of these it has.
CALLED = ("name", "title", "ask", "say", "town")


def named(typed: Group, taken: Collection[str]) -> str:
    """A key for the entry that stands in a form, or "" while it says nothing."""
    made = next(filter(None, (slug(_said(typed, each)) for each in CALLED)), "")
    if made not in taken or not made:
        return made
    numbered = (f"{made}-{number}" for number in count(2))
    return next(each for each in numbered if each not in taken)


def slug(words: str) -> str:
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode()
    found = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")
    return found[:LONGEST].rstrip("-")


def _said(typed: Group, field: str) -> str:
    value = typed.get(field, "")
    if isinstance(value, dict):
        value = value.get("en") or value.get("fr") or ""
    return value if isinstance(value, str) else ""
