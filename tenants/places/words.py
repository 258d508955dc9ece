"""One spelling for every way of writing the name of a place."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from itertools import pairwise

from tenants.places.vocabulary import ORDINALS, SHORT, TENS

_LIGATURES = str.maketrans({"œ": "oe", "æ": "ae", "ß": "ss", "ø": "o", "đ": "d"})
_ORDINAL = re.compile(r"(\d+)(?:st|nd|rd|th|e|er|re|ere|eme|ieme|d)")
_WORD = re.compile(r"[a-z0-9]+")


def plain(text: str) -> str:
    """Small letters without accents; whatever is no letter or digit is a blank."""
    spelled = unicodedata.normalize("NFKD", text.casefold().translate(_LIGATURES))
    bare = "".join(char for char in spelled if not unicodedata.combining(char))
    return " ".join(_WORD.findall(bare))


def normalised(text: str) -> tuple[str, ...]:
    """The words of a place in their one spelling; normalised again, they stay."""
    return tuple(_joined(tuple(map(_short, plain(text).split()))))


def code(text: str) -> str:
    """A pole's or a hydrant's number without blanks, dashes and capitals."""
    return plain(text).replace(" ", "")


def _short(word: str) -> str:
    if word in ORDINALS:
        return f"{ORDINALS[word]}th"
    if numbered := _ORDINAL.fullmatch(word):
        return f"{int(numbered[1])}th"
    return SHORT.get(word, word)


def _joined(words: tuple[str, ...]) -> Iterator[str]:
    """ "Twenty fourth" is one number; "twenty" alone is a name."""
    skip = False
    for word, following in pairwise((*words, "")):
        unit = _unit(following)
        if skip:
            skip = False
        elif word in TENS and unit:
            skip = True
            yield f"{TENS[word] + unit}th"
        else:
            yield word


def _unit(word: str) -> int:
    digits = word.removesuffix("th")
    return int(digits) if word.endswith("th") and digits in set("123456789") else 0
