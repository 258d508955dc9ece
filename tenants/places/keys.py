"""Names found from their first letters, with a typing error, in memory.

Every name has a few keys: itself without blanks, and from each later word on, so that
"pins" finds the "rue des Pins". What is typed is the beginning of a key, or nearly.
"""

from __future__ import annotations

from bisect import bisect_left
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from itertools import takewhile

from rapidfuzz import fuzz, process
from rapidfuzz.distance import OSA

from tenants.places.typed import names_something
from tenants.places.vocabulary import DIRECTIONS, GENERIC, LONG, SHORT
from tenants.places.words import normalised, plain

# One letter in four is a slip, two in ten; more is another name.
ONE_SLIP, TWO_SLIPS = 4, 10
# Enough to choose among by house number; a longer list nobody reads.
MOST = 24
# Up to so many letters a key's beginning is kept in memory; longer ones are made anew.
KEPT_LENGTH = 8
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
    # By length: the different beginnings of keys.
    heads: dict[int, Sequence[str]] = field(default_factory=dict)

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

    def begin(self, typed: str) -> list[Match]:
        """The names that begin as ``typed``, to the letter."""
        wanted = _wanted(typed)
        return _in_order(_best(m for each in wanted for m in self._beginning(each)))

    def find(self, typed: str) -> list[Match]:
        """The names that ``typed`` may begin, or nearly, the likeliest first."""
        wanted = _wanted(typed)
        if not wanted:
            return []
        found = _best(match for each in wanted for match in self._beginning(each))
        if len(found) < MOST // 8:
            slipped = (match for each in wanted for match in self._nearly(each))
            found = _best([*found.values(), *slipped])
        if not found:
            found = _best(self._alike(typed))
        return _in_order(found)

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
            heads = self._heads(length)
            near = process.extract(
                wanted, heads, scorer=OSA.distance, score_cutoff=slips, limit=None
            )
            for head, distance, at in near:
                for whose in self._owners(head, at, length):
                    yield self._match(whose, wanted, distance)

    def _heads(self, length: int) -> Sequence[str]:
        """Short beginnings are few, and typed most: they are kept."""
        if length > KEPT_LENGTH:
            return [key[:length] for key in self.keys]
        if length not in self.heads:
            cut = (key[:length] for key in self.keys)
            self.heads[length] = list(dict.fromkeys(cut))
        return self.heads[length]

    def _owners(self, head: str, at: int, length: int) -> Iterable[int]:
        """The keys that begin so; of a long beginning only the one it was cut from."""
        if length > KEPT_LENGTH:
            return (at,)
        first = bisect_left(self.keys, head)
        return takewhile(
            lambda at: self.keys[at].startswith(head), range(first, len(self.keys))
        )

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


def _in_order(found: Mapping[int, Match]) -> list[Match]:
    return sorted(found.values(), key=_order)[:MOST]


def _order(match: Match) -> tuple[float, bool, int]:
    return match.slips, match.inner, match.rest


def _keys(name: str, words: tuple[str, ...]) -> Iterator[tuple[str, bool]]:
    written = tuple(plain(name).split())
    spellings = {words, written, _written_out(words), *_turned(words)}
    undirected = tuple(word for word in words if word not in DIRECTIONS)
    yield from {("".join(each), False) for each in spellings if each}
    inner = {words[at:] for at in range(1, len(words))} | {undirected}
    for each in inner - spellings:
        if each and names_something(each):
            yield "".join(each), True


def _written_out(words: tuple[str, ...]) -> tuple[str, ...]:
    """ "st" is a saint, unless it stands last: for "boulevard SaintJoseph"."""
    last = len(words) - 1
    return tuple(
        "saint" if word == "st" and at < last else LONG.get(word, word)
        for at, word in enumerate(words)
    )


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
    spellings = {words, righted, tuple(plain(typed).split())}
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
