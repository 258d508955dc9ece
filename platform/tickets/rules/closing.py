"""When a ticket may be closed: closed is not done, and "done" alone tells nobody."""

from __future__ import annotations

import re
from typing import Literal

from tickets.terms import Reason

Proof = Literal["none", "note", "photo"]

# What is written to get rid of a form. A note of nothing but these says nothing.
_EMPTY = """
all closed complete completed done finished fixed good job ok okay resolved task ticket
work works yes
c est complété corrigé fait faite ferme fermé fini finie oui réglé réparé résolu terminé
tout travail travaux
"""
EMPTY_WORDS = frozenset(_EMPTY.split())


def lacking(
    proof: Proof, *, reason: Reason, note: str, photos: int
) -> Literal["note", "photo"] | None:
    """What is still needed before a ticket of such a category may be closed.

    Only work that was done can be photographed; every other reason owes a sentence.
    A duplicate is proven by the ticket that stays open.
    """
    if proof == "none" or reason == "duplicate":
        return None
    if proof == "photo" and reason == "done":
        return None if photos else "photo"
    return None if tells_something(note) else "note"


def tells_something(note: str) -> bool:
    return any(word not in EMPTY_WORDS for word in re.findall(r"\w+", note.lower()))
