"""Which words of a text are kept, and which of them somebody means who types some."""

from __future__ import annotations

from dataclasses import dataclass

from tenants.places.vocabulary import SHORT
from tenants.places.words import normalised

# They bind other words and are in every ticket: nobody finds anything by them.
_LITTLE = """
an and are as at be but by for from had has have he her his in is it its my no not of on
or our out she so that the their them then there they this to up was we were will with
you your
ai au aux avec ce ces cette dans de des du elle en et ete etre il ils je la le les leur
lui ma mais mes ne nos notre nous on ou par pas pour qu que qui sa se ses son sont sur
tu un une vos votre vous
"""
LITTLE = frozenset(_LITTLE.split())
# Streets and directions have one spelling, which is the whole word.
SPELLINGS = frozenset(SHORT.values())
# Shorter ones begin too many others.
BEGINS = 3
# More words than anybody types are a pasted page; the first say what is meant.
MOST_WORDS = 8
# Before and behind every letter and digit that a word may have.
BEFORE, AFTER = " ", "~"


@dataclass(frozen=True, slots=True)
class Wanted:
    """A word, or the beginning of one: what is from ``begins`` on, before ``ends``."""

    begins: str
    ends: str


def words_of(*texts: str, longest: int) -> frozenset[str]:
    """One spelling of each word that says something, whatever its accents."""
    spelled = (word for text in texts for word in normalised(text))
    return frozenset(word[:longest] for word in spelled if _says_something(word))


def wanted(text: str, *, longest: int) -> tuple[Wanted, ...]:
    """What each ticket must have, of all that was typed; the order says nothing."""
    words = dict.fromkeys(filter(_says_something, normalised(text)))
    return tuple(_wanted(word[:longest]) for word in [*words][:MOST_WORDS])


def _says_something(word: str) -> bool:
    return word not in LITTLE and (len(word) > 1 or word.isdigit())


def _wanted(word: str) -> Wanted:
    """ "potholes" finds "pothole", and "trott" the "trottoir"; 12 is not 120."""
    if len(word) < BEGINS or word in SPELLINGS or any(map(str.isdigit, word)):
        return Wanted(word, f"{word}{BEFORE}")
    stem = _singular(word)
    return Wanted(stem, f"{stem}{AFTER}")


def _singular(word: str) -> str:
    plural = word.endswith(("s", "ux")) and not word.endswith("ss")
    return word[:-1] if plural and len(word) > BEGINS else word
