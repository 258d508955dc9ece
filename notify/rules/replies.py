"""What a person meant by a text: a code, a word in English or French, a note."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import Final, Literal

from notify.message import AnswerKind

Standing = Literal["out", "in", "help"]

# Longest first within a kind, so that "on the way" is not read as "on".
WORDS: Final[dict[AnswerKind, tuple[str, ...]]] = {
    "on_the_way": ("on my way", "on the way", "on way", "omw", "en route", "en chemin"),
    "on_site": ("on site", "onsite", "on scene", "arrived", "sur place", "arrive"),
    "done": ("done", "finished", "fixed", "complete", "completed", "fini", "finie",
             "termine", "fait"),
    "decline": ("no", "non", "cannot", "can't", "cant", "n", "peux pas",
                "je ne peux pas"),
    "accept": ("ok", "okay", "k", "yes", "y", "oui", "o", "got it", "i take it",
               "take", "je prends", "je le prends", "d'accord", "\U0001f44d"),
}  # fmt: skip

# The words that carriers act upon by themselves, if they are the whole text.
OUT: Final = frozenset(
    {"stop", "stopall", "unsubscribe", "cancel", "end", "quit", "revoke", "optout"}
    | {"arret"}
)
IN: Final = frozenset({"start", "unstop"})
# Lets carriers write again too, and is an answer besides.
LIFTS: Final = frozenset({"yes"})
HELP: Final = frozenset({"help", "info", "aide"})
# None of these may be printed in a text of ours: somebody would send it back.
CARRIER_WORDS: Final = OUT | IN | LIFTS | HELP

_CODE: Final = re.compile(r"(?<!\d)\d{2,4}(?!\d)")
# With four digits begin the addresses of half a town: "1204 Elm St is flooded".
_LONG: Final = 4
# People write whole sentences.
_SUBJECT: Final = re.compile(r"(i'?m|i am|we'?re|we are|je suis|on est) ")
# Skin tones and the mark that asks for a coloured picture come after a thumb.
_DECORATION: Final = re.compile("[\U0001f3fb-\U0001f3ff\ufe0f]")


@dataclass(frozen=True, slots=True)
class Reply:
    """``code`` is None when none was written; ``kind`` when no word was known."""

    code: str | None
    kind: AnswerKind | None
    note: str = ""


def standing(body: str, opt_out_type: str = "") -> Standing | None:
    """Whether the text is for the carrier: out of our texts, in again, or help."""
    word = opt_out_type.lower() or _plain(body).strip(" .!")
    if word in OUT:
        return "out"
    if word in IN:
        return "in"
    return "help" if word in HELP else None


def lifts(body: str) -> bool:
    return _plain(body).strip(" .!") in LIFTS


def parse(body: str) -> Reply:
    """``41``, ``41 ok``, ``ok 41``, ``41 no``, ``41 on site``, ``41 done hydrant``."""
    composed = unicodedata.normalize("NFC", _DECORATION.sub("", body))
    written = " ".join(composed.split())
    plain = _plain(written)
    kind, code, note = _code_first(plain, written)
    if code is None:
        kind, code, note = _word_first(plain, written)
    return Reply(code, kind, note)


def _code_first(plain: str, written: str) -> tuple[AnswerKind | None, str | None, str]:
    found = _CODE.match(plain)
    if not found:
        return None, None, ""
    rest = plain[found.end() :].lstrip(" .,:;-!")
    if not rest:
        return "accept", found[0], ""
    kind, length = _leading(rest)
    if kind is None and len(found[0]) == _LONG:
        return None, None, ""
    note = written[len(written) - len(rest) + length :] if kind else ""
    return kind, found[0], note.strip(" .,:;-!")


def _word_first(plain: str, written: str) -> tuple[AnswerKind | None, str | None, str]:
    kind, length = _leading(plain)
    rest = plain[length:].lstrip(" .,:;-!")
    note = written[len(written) - len(rest) :] if rest else ""
    found = _CODE.match(rest)
    if kind and found and (len(found[0]) < _LONG or found[0] == rest):
        return kind, found[0], note[found.end() :].strip(" .,:;-!")
    # A bare word counts only alone: "no water on Elm St" is not a refusal.
    if kind and (not rest or kind == "done"):
        return kind, None, note
    return None, None, ""


def _leading(plain: str) -> tuple[AnswerKind | None, int]:
    """The known word that the text begins with, and where it ends."""
    subject = _SUBJECT.match(plain)
    start = subject.end() if subject else 0
    for kind, words in WORDS.items():
        for word in words:
            end = start + len(word)
            after = plain[end : end + 1]
            if plain.startswith(word, start) and not after.isalnum() and after != "'":
                return kind, end
    return None, 0


def _plain(body: str) -> str:
    """Small letters without accents, of the same length as what was written."""
    return "".join(
        unicodedata.normalize("NFD", sign)[0].lower()
        for sign in body.strip().replace("’", "'")
    )
