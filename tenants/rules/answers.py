"""Which of a town's articles answer what is typed, from the first letters on."""

from __future__ import annotations

from bisect import bisect_left
from collections import defaultdict
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from math import log

from rapidfuzz import process
from rapidfuzz.distance import OSA

from tenants.rules.occasions import within_season
from tenants.rules.suggestions import plain_words
from tenants.town import Article, Town
from townline import localtime

# In its title or its synonyms a word says what an article is about; in its text, only
# what it says as well.
ABOUT, SAYS = 3.0, 1.0
WHOLE, BEGUN, SLIP = 1.0, 0.9, 0.6
# Shorter words are too much alike to be forgiven a slip; long ones are forgiven two.
ONE_SLIP, TWO_SLIPS = 4, 9
# A caller's sentence is enough with this many words; more only cost time.
MOST_WORDS = 12
# A word in the texts of so many, or of a quarter of them, tells none from another.
COMMON = 40
# What fits less of what was typed fits something else better.
FITS = 0.5

Found = dict[int, float]


@dataclass(frozen=True, slots=True)
class Index:
    """The words of a version's articles, and where each of them stands."""

    articles: tuple[Article, ...]
    words: tuple[str, ...]
    places: dict[str, dict[int, float]]
    by_length: dict[int, list[str]]
    beginnings: dict[int, tuple[str, ...]]

    @classmethod
    def of(cls, town: Town) -> Index:
        places = defaultdict[str, dict[int, float]](dict)
        common = max(COMMON, len(town.articles) // 4)
        for number, article in enumerate(town.articles):
            for word, weight in _words(article):
                places[word][number] = max(weight, places[word].get(number, 0.0))
        told = {
            word: kept
            for word, where in places.items()
            if (kept := _telling(where, common))
        }
        by_length = defaultdict[int, list[str]](list)
        for word in told:
            by_length[len(word)].append(word)
        return cls(town.articles, tuple(sorted(told)), told, dict(by_length), {})

    def search(self, typed: str) -> tuple[Article, ...]:
        """Every article that has most of what was typed, the best first."""
        tokens = list(dict.fromkeys(plain_words(typed).split()))[:MOST_WORDS]
        worth = {token: self._fitting(token) for token in tokens}
        known = {token: found for token, found in worth.items() if found}
        best = sum(max(found.values()) for found in known.values())
        scores = defaultdict[int, float](float)
        for found in known.values():
            for number, score in found.items():
                scores[number] += score
        fitting = [
            number
            for number, score in scores.items()
            if score >= FITS * best or self._has_most(number, known.values())
        ]
        fitting.sort(key=lambda number: (-scores[number], number))
        return tuple(self.articles[number] for number in fitting)

    def _has_most(self, number: int, known: Iterable[Found]) -> bool:
        has = [number in found for found in known]
        return sum(has) >= FITS * len(has)

    def _fitting(self, token: str) -> Found:
        """Each article's best word for one typed word, rarer words worth more."""
        found: Found = {}
        for word, likeness in self._alike(token):
            places = self.places[word]
            worth = likeness * (1 + log(len(self.articles) / len(places)))
            for number, weight in places.items():
                found[number] = max(found.get(number, 0.0), worth * weight)
        return found

    def _alike(self, token: str) -> Iterator[tuple[str, float]]:
        for word in self._beginning_with(token):
            yield word, WHOLE if word == token else BEGUN
        slips = _forgiven(token)
        if not slips:
            return
        near = range(len(token) - slips, len(token) + slips + 1)
        whole = [word for length in near for word in self.by_length.get(length, ())]
        yield from ((word, SLIP) for word in _within(slips, token, whole))
        # A slip in a word not typed to its end: it is held to the word's beginning.
        for beginning in _within(slips, token, self._beginnings(len(token))):
            yield from ((word, SLIP) for word in self._beginning_with(beginning))

    def _beginning_with(self, letters: str) -> Iterator[str]:
        """The words are in order: those that begin alike stand side by side."""
        for place in range(bisect_left(self.words, letters), len(self.words)):
            if not self.words[place].startswith(letters):
                return
            yield self.words[place]

    def _beginnings(self, length: int) -> tuple[str, ...]:
        """Made once for each length that is typed; two at once make the same."""
        if length not in self.beginnings:
            longer = (word[:length] for word in self.words if len(word) > length)
            self.beginnings[length] = tuple(dict.fromkeys(longer))
        return self.beginnings[length]


def _within(slips: int, token: str, choices: Sequence[str]) -> list[str]:
    near = process.extract(
        token, choices, scorer=OSA.distance, score_cutoff=slips, limit=None
    )
    return [word for word, _, _ in near]


def holds(article: Article, zone: str, *, at: datetime) -> bool:
    """Whether its days have come and not gone, by the town's calendar."""
    today = localtime.wall(at, zone).date()
    return (article.valid_from is None or article.valid_from <= today) and (
        article.valid_until is None or today <= article.valid_until
    )


def in_season(article: Article, zone: str, *, at: datetime) -> bool:
    """Never, for one without a season."""
    season = article.season
    today = f"{localtime.wall(at, zone):%m-%d}"
    return season is not None and within_season(season.first, today, season.last)


def holding(town: Town, found: Sequence[Article], *, at: datetime) -> list[Article]:
    return [each for each in found if holds(each, town.time_zone, at=at)]


def on_top(town: Town, *, category: str, at: datetime) -> list[Article]:
    """While nothing is typed: those of the category, then pinned or in season."""
    zone = town.time_zone
    shown = [
        each
        for each in town.articles
        if holds(each, zone, at=at)
        and (each.pinned or category in each.categories or in_season(each, zone, at=at))
    ]
    return sorted(shown, key=lambda each: (category not in each.categories, each.order))


def _words(article: Article) -> Iterator[tuple[str, float]]:
    about = (article.title.en, article.title.fr, *article.synonyms)
    for written in about:
        yield from ((word, ABOUT) for word in plain_words(written).split())
    for written in (article.body.en, article.body.fr):
        yield from ((word, SAYS) for word in plain_words(written).split())


def _telling(where: dict[int, float], common: int) -> dict[int, float]:
    """Where a word that is in too many texts stands in a title, at least."""
    if len(where) <= common:
        return where
    return {number: weight for number, weight in where.items() if weight > SAYS}


def _forgiven(token: str) -> int:
    if len(token) >= TWO_SLIPS:
        return 2
    return 1 if len(token) >= ONE_SLIP else 0
