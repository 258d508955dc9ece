"""How often the category a resident meant is the first suggestion, or among three."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from pathlib import Path

from msgspec import Struct

from tenants.rules import suggest
from tenants.town import Town
from tickets.suggesting import blended
from tickets.suggesting.names import Names
from tickets.suggesting.rules import Learnt, marks_of
from townline.entrypoints.measuring.bags import Bags
from townline.entrypoints.measuring.new_haven import Report, key, reports, town

# The reports do not say when they came: all of them at one hour.
NOON = 12
LISTED = 3
# What an agent has typed when the first suggestions should be right.
WORDS_TYPED = (1, 3, 6)

Ranking = Callable[[str], Sequence[str]]


class Line(Struct, frozen=True, kw_only=True):
    """``learns`` says whether each report was learnt from once it was guessed."""

    rule: str
    learns: bool
    reports: int
    top_1: float
    top_3: float


class Ours:
    """The product's own suggestions, learning as the product does."""

    def __init__(self, town: Town) -> None:
        self._town = town
        self._names = Names.of(town)
        self._learnt = Learnt()

    def learn(self, words: str, category: str) -> None:
        self._learnt.learn(marks_of(words, hour=NOON), category)

    def ranked(self, words: str) -> list[str]:
        found = blended(
            self._town,
            words,
            language="en",
            hour=NOON,
            names=self._names,
            learnt=self._learnt,
        )
        return [each.category.key for each in found]


def measure(folder: Path, *, earlier: float) -> Iterator[Line]:
    """Learn the earlier share of the reports, guess the later ones."""
    known = reports(folder)
    new_haven = town(known)
    cut = int(len(known) * earlier)
    taught = [Report(each.words, key(each.category)) for each in known]
    for learns in (False, True):
        yield from _lines(new_haven, taught[:cut], taught[cut:], learns=learns)


def _lines(
    town: Town, earlier: list[Report], later: list[Report], *, learns: bool
) -> Iterator[Line]:
    ours, bags = Ours(town), Bags()
    for each in earlier:
        ours.learn(each.words, each.category)
        bags.learn(each.words, each.category)
    ranked: dict[str, Ranking] = {
        "most frequent": lambda words: bags.most_frequent(),
        "names and synonyms": lambda words: _by_name(town, words),
        "naive Bayes, words": bags.ranked,
        "ours": ours.ranked,
    }
    for number in WORDS_TYPED:
        ranked[f"ours, {number} words typed"] = _begun(ours.ranked, number)
    found = {rule: [0, 0] for rule in ranked}
    for each in later:
        for rule, ranking in ranked.items():
            place = list(ranking(each.words))[:LISTED]
            found[rule][0] += place[:1] == [each.category]
            found[rule][1] += each.category in place
        if learns:
            ours.learn(each.words, each.category)
            bags.learn(each.words, each.category)
    for rule, (first, listed) in found.items():
        yield Line(
            rule=rule,
            learns=learns,
            reports=len(later),
            top_1=round(first / len(later), 4),
            top_3=round(listed / len(later), 4),
        )


def _by_name(town: Town, words: str) -> list[str]:
    return [each.category.key for each in suggest(town, words, language="en")]


def _begun(ranking: Ranking, number: int) -> Ranking:
    return lambda words: ranking(" ".join(words.split()[:number]))
