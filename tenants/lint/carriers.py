"""Words that a text of ours prints, and that carriers act upon when they come back."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator

from tenants.lint.findings import Weakness
from tenants.town import Text, Town

# Whoever sends one of these alone is opted out, in again, or helped by the carrier;
# ``notify.rules.replies`` has the same, and a test holds the two together.
CARRIER_WORDS = frozenset(
    {"stop", "stopall", "unsubscribe", "cancel", "end", "quit", "revoke", "optout"}
    | {"arret", "start", "unstop", "help", "info", "aide", "yes"}
)
# As an answer is asked for: "text STOP if you cannot". Small, it is only a word.
_SHOUTED = re.compile(r"\b[^\W\d_a-zà-öø-ÿ]{3,}\b")


def carriers(town: Town) -> Iterator[Weakness]:
    """What every text begins with, and what a text may be reduced to."""
    named = [("prefix", town.prefix)]
    for category in town.categories:
        for language in town.languages:
            named.append((f'categories "{category.key}"', category.name.in_(language)))
    for path, words in named:
        if words.strip(" .!").lower() in CARRIER_WORDS:
            yield _printed(words, path)
    yield from _worded(town)


def _worded(town: Town) -> Iterator[Weakness]:
    """Words of the town's own that ask for such an answer."""
    for each in town.messages:
        if each.channel == "sms":
            for text in (each.text.en, each.text.fr):
                for word in dict.fromkeys(_SHOUTED.findall(text)):
                    if _plain(word) in CARRIER_WORDS:
                        yield _printed(word, f'messages "{each.key}.sms"')


def _plain(word: str) -> str:
    letters = unicodedata.normalize("NFD", word.lower())
    return "".join(each for each in letters if not unicodedata.combining(each))


def _printed(words: str, path: str) -> Weakness:
    says = Text(
        en=f"A text that prints “{words}” is answered with it, and carriers "
        "act upon that word: choose another.",
        fr=f"On répond à un texto qui porte «\u00a0{words}\u00a0», et les "
        "transporteurs obéissent à ce mot\u00a0: choisissez-en un autre.",
    )
    return Weakness("error", path, says, "carrier-word")
