"""Which categories an agent may mean by what they have typed so far."""

from __future__ import annotations

import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass
from functools import lru_cache

from rapidfuzz import fuzz

from tenants.town import Category, Language, Town

# Tried on 311 catalogues: two slips in a word of eight still score above this, and
# words that merely share letters score below it.
RELEVANT = 65.0
# The caller's own language wins a tie, and only a tie.
OTHER_LANGUAGE = 0.97
SYNONYM = 0.98
PREFIX = 95.0


@dataclass(frozen=True, slots=True)
class Suggestion:
    """``score`` runs to 100; it ranks, and says nothing of probability."""

    category: Category
    score: float


def suggest(town: Town, words: str, *, language: Language) -> tuple[Suggestion, ...]:
    """The categories that fit, best first; the first letters of a word are enough."""
    typed = plain_words(words)
    if not typed:
        return ()
    scored = (
        Suggestion(category, max(_scores(category, typed, language)))
        for category in town.categories
    )
    relevant = (each for each in scored if each.score >= RELEVANT)
    return tuple(sorted(relevant, key=lambda each: -each.score))


def _scores(category: Category, typed: str, language: Language) -> Iterator[float]:
    for spoken, name in (("en", category.name.en), ("fr", category.name.fr)):
        yield _likeness(typed, name) * (1 if spoken == language else OTHER_LANGUAGE)
    for synonym in category.synonyms:
        yield _likeness(typed, synonym) * SYNONYM


def _likeness(typed: str, name: str) -> float:
    """How well each typed word fits its best word of the name, on the whole."""
    words = plain_words(name).split()
    if not words:
        return 0.0
    typed_words = typed.split()
    best = [max(_word(each, word) for word in words) for each in typed_words]
    # A name that says more than was typed is a little less likely meant.
    surplus = max(0, len(words) - len(typed_words))
    return sum(best) / len(best) - surplus


def _word(typed: str, word: str) -> float:
    if word.startswith(typed):
        return PREFIX + 5 * len(typed) / len(word)
    # A slip at the start of a long word must not hide it before it is all typed.
    beginning = word[: len(typed) + 1]
    return max(fuzz.ratio(typed, word), 0.9 * fuzz.ratio(typed, beginning))


@lru_cache(maxsize=8192)
def plain_words(words: str) -> str:
    """Lower case, without accents or punctuation: as people type."""
    letters = unicodedata.normalize("NFKD", words.casefold())
    kept = (each for each in letters if not unicodedata.combining(each))
    spaced = (each if each.isalnum() else " " for each in kept)
    return " ".join("".join(spaced).split())
