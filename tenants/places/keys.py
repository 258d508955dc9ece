"""Names found from their first letters, with a typing error, in memory.

Every name has a few keys: itself without blanks, and from each later word on, so that
"pins" finds the "rue des Pins". What is typed is the beginning of a key, or nearly.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from tenants.places.typed import names_something
from tenants.places.vocabulary import DIRECTIONS, GENERIC, SHORT
from tenants.places.words import normalised, plain

# One letter in four is a slip, two in ten; more is another name.
ONE_SLIP, TWO_SLIPS = 4, 10
# Enough to choose among by house number; a longer list nobody reads.
MOST = 24
# Of words in another order, or left out: this much alike, of a hundred.
ALIKE = 82
_LONG_FORMS = tuple(word for word in SHORT if len(word) > 3)


@dataclass(frozen=True, slots=True)
class Match:
    """``slips`` is how many letters differ; ``rest`` how many are still to be typed."""

    entry: int
    slips: float
    inner: bool
    rest: int


@dataclass(frozen=True, slots=True)
class Keys:
    """The keys of some names, sorted; each knows the name's place in the list."""

    keys: Sequence[str]
    entries: Sequence[tuple[int, bool]]
    names: Mapping[int, str]

    @classmethod
    def of(cls, names: Iterable[str]) -> Keys:
        found: list[tuple[str, int, bool]] = []
        spelled: dict[int, str] = {}
        for entry, name in enumerate(names):
            words = normalised(name)
            spelled[entry] = " ".join(words)
            found.extend((key, entry, inner) for key, inner in _keys(name, words))
        found.sort()
        return cls(
            [key for key, _, _ in found],
            [(entry, inner) for _, entry, inner in found],
            spelled,
        )

    def find(self, typed: str) -> list[Match]:
        """The names that ``typed`` may begin, the likeliest first."""
        wanted = _wanted(typed)
        if not wanted:
            return []
        found = _best(match for each in wanted for match in self._beginning(each))
        if len(found) < MOST // 8:
            slipped = (match for each in wanted for match in self._nearly(each))
            found = _best([*found.values(), *slipped])
        if not found:
            found = _best(self._alike(typed))
        order = sorted(found.values(), key=lambda m: (m.slips, m.inner, m.rest))
        return order[:MOST]

    def _beginning(self, wanted: str) -> Iterator[Match]:
        first = bisect_left(self.keys, wanted)
        for at in range(first, min(first + 40 * MOST, len(self.keys))):
            if not self.keys[at].startswith(wanted):
                return
            yield self._match(at, wanted, 0)

    def _nearly(self, wanted: str) -> Iterator[Match]:
        slips = 0 if len(wanted) < ONE_SLIP else 1 + (len(wanted) >= TWO_SLIPS)
        if not slips:
            return
        for length in range(len(wanted) - 1, len(wanted) + 2):
            heads = [key[:length] for key in self.keys]
            near = process.extract(
                wanted, heads, scorer=OSA.distance, score_cutoff=slips, limit=None
            )
            for _, distance, at in near:
                yield self._match(at, wanted, distance)

    def _alike(self, typed: str) -> Iterator[Match]:
        """Words in another order, or some of them missing."""
        words = " ".join(normalised(typed))
        near = process.extract(
            words, self.names, scorer=fuzz.token_set_ratio, score_cutoff=ALIKE
        )
        for _, score, entry in near:
            yield Match(entry, (100 - score) / 10 + 1, inner=True, rest=0)

    def _match(self, at: int, wanted: str, slips: float) -> Match:
        entry, inner = self.entries[at]
        return Match(entry, slips, inner, max(0, len(self.keys[at]) - len(wanted)))


def _best(matches: Iterable[Match]) -> dict[int, Match]:
    best: dict[int, Match] = {}
    for match in matches:
        known = best.get(match.entry)
        if known is None or _order(match) < _order(known):
            best[match.entry] = match
    return best


def _order(match: Match) -> tuple[float, bool, int]:
    return match.slips, match.inner, match.rest


def _keys(name: str, words: tuple[str, ...]) -> Iterator[tuple[str, bool]]:
    written = tuple(plain(name).split())
    spellings = {words, written, *_turned(words)}
    undirected = tuple(word for word in words if word not in DIRECTIONS)
    yield from {("".join(each), False) for each in spellings if each}
    inner = {words[at:] for at in range(1, len(words))} | {undirected}
    for each in inner - spellings:
        if each and names_something(each):
            yield "".join(each), True


def _turned(words: tuple[str, ...]) -> Iterator[tuple[str, ...]]:
    """ "N Elm St" is also said "Elm St N"."""
    if len(words) > 1 and words[0] in DIRECTIONS:
        yield (*words[1:], words[0])
    if len(words) > 1 and words[-1] in DIRECTIONS:
        yield (words[-1], *words[:-1])


def _wanted(typed: str) -> set[str]:
    """As typed, and with what is nearly "street" or "boulevard" put right."""
    words = normalised(typed)
    righted = tuple(
        _righted(word) if at or len(words) > 1 else word
        for at, word in enumerate(words)
    )
    spellings = {words, righted}
    return {"".join(each) for each in spellings if each}


def _righted(word: str) -> str:
    if len(word) < 3 or word in GENERIC:
        return word
    begun = [each for each in _LONG_FORMS if each.startswith(word)]
    if begun:
        return SHORT[begun[0]]
    if len(word) < ONE_SLIP + 1:
        return word
    near = process.extractOne(word, _LONG_FORMS, scorer=OSA.distance, score_cutoff=1)
    return SHORT[near[0]] if near else word
