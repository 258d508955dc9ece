"""Short names for new entries, made of what people call them."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Collection
from itertools import count

from portal.town.forms import Group

# As many signs as a key may have (``tenants.town.Key``), and room for a number behind.
LONGEST = 36
# What an entry is called, whichever of these it has.
CALLED = ("name", "title", "ask", "say", "town")


def key_for(words: str, taken: Collection[str], *, otherwise: str) -> str:
    """The words as a key nobody has yet; ``otherwise`` if they have no letters."""
    made = slug(words) or otherwise
    numbered = (f"{made}-{number}" for number in count(2))
    return made if made not in taken else next(e for e in numbered if e not in taken)


def key_of(typed: Group, taken: Collection[str]) -> str:
    """A key for the entry that stands in a form, or "" while it says nothing."""
    called = next(filter(slug, (_said(typed, each) for each in CALLED)), "")
    return key_for(called, taken, otherwise="") if called else ""


def slug(words: str) -> str:
    """Small letters and digits with hyphens between, cut where a word ends."""
    plain = unicodedata.normalize("NFKD", words).encode("ascii", "ignore").decode()
    found = re.sub(r"[^a-z0-9]+", "-", plain.lower()).strip("-")
    if len(found) <= LONGEST:
        return found
    whole, _, _ = found[: LONGEST + 1].rpartition("-")
    return whole or found[:LONGEST]


def _said(typed: Group, field: str) -> str:
    value = typed.get(field, "")
    if isinstance(value, dict):
        value = value.get("en") or value.get("fr") or ""
    return value if isinstance(value, str) else ""
