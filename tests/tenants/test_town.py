from __future__ import annotations

import pytest

from tenants.town import NoSuchEntry, Text
from tests.tenants.larkfield import LARKFIELD, MAIN_BREAK, WATER


def test_entries_are_found_by_their_keys() -> None:
    assert LARKFIELD.category("main-break") is MAIN_BREAK
    assert LARKFIELD.roster("water") is WATER
    assert LARKFIELD.contact("ana").name == "Ana Ruiz"
    assert LARKFIELD.department("water").name.fr == "Eau"


def test_an_unknown_key_says_that_rules_may_have_changed() -> None:
    with pytest.raises(NoSuchEntry, match="they may have changed since"):
        LARKFIELD.category("volcano")


@pytest.mark.parametrize(
    ("text", "language", "words"),
    [
        pytest.param(Text(en="Water", fr="Eau"), "fr", "Eau", id="in the language"),
        pytest.param(Text(en="Water"), "fr", "Water", id="or in the other"),
        pytest.param(Text(fr="Eau"), "en", "Eau", id="either way"),
    ],
)
def test_words_are_said_in_what_there_is(text: Text, language: str, words: str) -> None:
    assert text.in_(language) == words
