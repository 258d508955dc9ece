"""No words of ours, in either language, are words that a carrier acts upon."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterator
from importlib.util import find_spec
from pathlib import Path

import pytest
from babel.messages.extract import extract_from_dir

from notify.rules.replies import CARRIER_WORDS
from townline.i18n import gettext, ngettext, speaking

# The letter to the town names STOP and START: it is read by whoever runs the town,
# and is no text that anybody answers.
TEXTS = ("sms.txt", "voice.txt", "voicemail.txt")
TRIMMED = {"trimmed": "true"}


@pytest.mark.parametrize("language", ["en", "fr"])
def test_what_is_said_back_holds_no_carriers_word(language: str) -> None:
    with speaking(language):
        said = [*sentences("notify"), *sentences("escalation")]

    assert len(said) > 30
    assert [each for each in said if CARRIER_WORDS & spoken(each)] == []


def test_the_words_are_those_of_both_languages() -> None:
    assert {"stop", "end", "cancel", "yes", "start", "help", "arret"} <= CARRIER_WORDS
    assert spoken("Arrêt !") & CARRIER_WORDS


def sentences(package: str) -> Iterator[str]:
    """What the package says back and sends, in the language spoken now."""
    spec = find_spec(package)
    assert spec
    assert spec.origin
    methods = [("phrases.py", "python")] + [
        (f"templates/**/{part}", "jinja2.ext.babel_extract") for part in TEXTS
    ]
    options = {pattern: TRIMMED for pattern, _ in methods[1:]}
    found = extract_from_dir(
        Path(spec.origin).parent,
        method_map=methods,
        options_map=options,
        keywords={"gettext": None, "ngettext": (1, 2), "_": None},
    )
    for _, _, message, _, _ in found:
        if isinstance(message, str):
            yield gettext(message)
        else:
            one, many = message
            yield from (ngettext(one, many, number) for number in (1, 2))


def spoken(sentence: str) -> set[str]:
    plain = unicodedata.normalize("NFD", sentence.lower())
    return set(re.findall(r"[a-z]+", "".join(c for c in plain if c.isascii())))
