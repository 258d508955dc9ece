"""What a town calls its categories, found in whatever a caller says."""

from __future__ import annotations

from dataclasses import dataclass

from rapidfuzz import fuzz, process

from tenants.rules import RELEVANT, plain_words, suggest
from tenants.town import Language, Town

# A word this much like one of a name is that word: a slip in five letters.
SAME_WORD = 80
# Shorter words are too much alike to be forgiven a slip.
FORGIVEN_FROM = 5
# Who types so few words types a name; more of them are a story that mentions it.
NAMING_WORDS = 3
# Words like "of" and "du" say nothing of what is meant.
MEANT_FROM = 3


@dataclass(frozen=True, slots=True)
class Names:
    """Every name and synonym as its words, in both languages, by category."""

    phrases: tuple[tuple[str, frozenset[str]], ...]
    words: tuple[str, ...]

    @classmethod
    def of(cls, town: Town) -> Names:
        phrases = tuple(
            (category.key, meant)
            for category in town.categories
            for phrase in (
                *category.name.en.split("/"),
                *category.name.fr.split("/"),
                *category.synonyms,
            )
            if (meant := _meant(phrase))
        )
        words = frozenset(word for _, meant in phrases for word in meant)
        return cls(phrases, tuple(sorted(words)))

    def mentioned(self, words: str) -> dict[str, float]:
        """How much of a name was said: 1 is one of them whole, slips forgiven."""
        said = {
            each for word in plain_words(words).split() for each in self._alike(word)
        }
        shares = dict[str, float]()
        for key, meant in self.phrases:
            if share := len(meant & said) / len(meant):
                shares[key] = max(share, shares.get(key, 0.0))
        return shares

    def _alike(self, word: str) -> set[str]:
        if len(word) < FORGIVEN_FROM:
            return {word}
        found = process.extract(
            word, self.words, scorer=fuzz.ratio, score_cutoff=SAME_WORD, limit=3
        )
        return {word, *(match for match, _, _ in found if len(match) >= MEANT_FROM)}


def named(town: Town, words: str, *, language: Language) -> dict[str, float]:
    """How well what is typed is a name or its beginning: 0 just fits, 1 is it."""
    if len(words.split()) > NAMING_WORDS:
        return {}
    return {
        each.category.key: (each.score - RELEVANT) / (100 - RELEVANT)
        for each in suggest(town, words, language=language)
    }


def _meant(phrase: str) -> frozenset[str]:
    words = plain_words(phrase).split()
    return frozenset(word for word in words if len(word) >= MEANT_FROM)
