"""Words with names in braces: taken apart once, and filled in for every message.

``{tracking}`` is all there is of this language: a name stands for a text and is never
looked up anywhere else, and what is filled in is not read for names again.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

_BRACES = re.compile(r"\{([^{}]*)\}|[{}]")
# A town has at most a few dozen texts; this many towns' are kept by a process.
KEPT = 8192


@dataclass(frozen=True, slots=True)
class Apart:
    """``words`` stand around the ``names``, one more of them; ``loose`` are braces
    that enclose nothing."""

    words: tuple[str, ...]
    names: tuple[str, ...]
    loose: tuple[str, ...]


@lru_cache(maxsize=KEPT)
def apart(text: str) -> Apart:
    words, names, loose, at = [], [], [], 0
    for found in _BRACES.finditer(text):
        if found[1] is None:
            loose.append(found[0])
        else:
            words.append(text[at : found.start()])
            names.append(found[1])
            at = found.end()
    return Apart((*words, text[at:]), tuple(names), tuple(loose))


def filled(text: str, value: Callable[[str], str]) -> str | None:
    """The text with its values; None if one of them is empty, or a brace is loose."""
    taken = apart(text)
    if taken.loose:
        return None
    pieces = [taken.words[0]]
    for name, words in zip(taken.names, taken.words[1:], strict=True):
        found = value(name)
        if not found:
            return None
        pieces += [found, words]
    return "".join(pieces)
