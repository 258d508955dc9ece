"""What callers' words say of the category: a regression that each ticket corrects.

Every word, and every beginning of it, leans to some categories. A ticket moves the
leanings of its words towards its category and away from those they spoke for wrongly,
by steps that grow smaller (AdaGrad), so that one pass in the tickets' order is enough.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from math import exp, log, sqrt
from zlib import crc32

from tenants.rules import plain_words

# Words are kept as numbers below this, several to a number: none can be read back.
BUCKETS = 1 << 17
# A beginning of so many letters stands for the word: it is found while being typed,
# with a slip at its end, and in its other forms.
BEGINNINGS = range(2, 8)
# Tried on New Haven's reports of 2014: larger steps forget, smaller ones learn late.
STEP = 0.7
CAUTION = 0.01
# A category less likely than this was not in the way, and is left as it is.
IN_THE_WAY = 0.02
# What nobody has asked for yet: without it a town's first category had no rival.
UNHEARD = ""
# How much it counts that a category is asked for often.
CUSTOM = 0.5
# Callers say other things at night; more precisely, few tickets would tell.
HOURS_TOGETHER = 4


@dataclass(slots=True)
class Leaning:
    """How one word leans to one category, and how many tickets of it had the word."""

    weight: float = 0.0
    squares: float = CAUTION
    tickets: int = 0


@dataclass(frozen=True, slots=True)
class Learnt:
    """The tickets of each category, and the leanings of some or all of the words."""

    tickets: dict[str, int] = field(default_factory=dict)
    leanings: dict[int, dict[str, Leaning]] = field(default_factory=dict)

    def learn(self, marks: Collection[int], category: str) -> None:
        self.tickets.setdefault(category, 0)
        share = _share(marks)
        found = likelihoods(self.scores(marks, (*self.tickets, UNHEARD)))
        self.tickets[category] += 1
        slopes = {
            each: (likely - (each == category)) * share
            for each, likely in found.items()
            if each == category or (likely > IN_THE_WAY and each != UNHEARD)
        }
        for mark in marks:
            leanings = self.leanings.setdefault(mark, {})
            for each, slope in slopes.items():
                _correct(leanings.setdefault(each, Leaning()), slope)
            leanings[category].tickets += 1

    def scores(self, marks: Collection[int], among: Iterable[str]) -> dict[str, float]:
        """In order of likelihood; the differences are those of its logarithms."""
        total = sum(self.tickets.values()) + len(self.tickets) + 1
        scores = {
            each: CUSTOM * log((self.tickets.get(each, 0) + 1) / total)
            for each in among
        }
        share = _share(marks)
        for mark in sorted(marks):
            for each, leaning in self.leanings.get(mark, {}).items():
                if each in scores:
                    scores[each] += share * leaning.weight
        return scores

    def knows(self, words: str) -> bool:
        said = (mark for word in tokens(words) for mark in _of_word(word))
        return any(mark in self.leanings for mark in said)

    def like(self, words: str, category: str) -> tuple[str, int]:
        """The word that speaks most for the category, and the tickets that had it."""
        best, strength, tickets = "", 0.0, 0
        for word in dict.fromkeys(tokens(words)):
            known = [
                leaning
                for mark in _of_word(word)
                if (leaning := self.leanings.get(mark, {}).get(category))
            ]
            weight = sum(each.weight for each in known)
            if known and weight > strength and known[0].tickets:
                best, strength, tickets = word, weight, known[0].tickets
        return best, tickets


def marks_of(words: str, *, hour: int) -> frozenset[int]:
    """The numbers that words and the hour of the day are known by."""
    said = {mark for word in tokens(words) for mark in _of_word(word)}
    return (
        frozenset(said | {_bucket("h", str(hour // HOURS_TOGETHER))})
        if said
        else (frozenset())
    )


def tokens(words: str) -> list[str]:
    """A number may be a house, a plate or a telephone: only that there is one."""
    return [
        "#" if any(letter.isdigit() for letter in word) else word
        for word in plain_words(words).split()
    ]


def likelihoods(scores: Mapping[str, float]) -> dict[str, float]:
    highest = max(scores.values())
    raised = {each: exp(score - highest) for each, score in scores.items()}
    whole = sum(raised.values())
    return {each: share / whole for each, share in raised.items()}


def _of_word(word: str) -> list[int]:
    """The word itself first, then its beginnings, the longest first."""
    longest = min(len(word), BEGINNINGS.stop - 1)
    beginnings = range(longest, BEGINNINGS.start - 1, -1)
    return [_bucket("w", word), *(_bucket("p", word[:each]) for each in beginnings)]


def _bucket(kind: str, letters: str) -> int:
    return crc32(f"{kind}{letters}".encode()) % BUCKETS


def _share(marks: Collection[int]) -> float:
    """Long stories do not shout louder than short ones."""
    return 1 / sqrt(len(marks)) if marks else 0.0


def _correct(leaning: Leaning, slope: float) -> None:
    leaning.squares += slope * slope
    leaning.weight -= STEP * slope / sqrt(leaning.squares)
