from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st
from msgspec.structs import replace

from tenants.rules import suggest
from tenants.town import Language, Text
from tests.tenants.larkfield import LARKFIELD, MAIN_BREAK, POTHOLE, both

MEADOW = replace(POTHOLE, key="grass", name=both("Tall grass", "Herbes hautes"))
SNOW = replace(
    POTHOLE,
    key="snow",
    name=both("Snow on the street", "Neige dans la rue"),
    synonyms=("plow", "déneigement"),
)
ENGLISH_ONLY = replace(
    POTHOLE, key="noise", name=Text(en="Noise complaint"), synonyms=()
)
TOWN = replace(LARKFIELD, categories=(MAIN_BREAK, POTHOLE, MEADOW, SNOW, ENGLISH_ONLY))


@pytest.mark.parametrize(
    ("typed", "language", "expected"),
    [
        pytest.param("water main break", "en", "main-break", id="the name"),
        pytest.param("wat", "en", "main-break", id="its first letters"),
        pytest.param("p", "en", "pothole", id="one letter"),
        pytest.param("break", "en", "main-break", id="a word of it"),
        pytest.param("potole", "en", "pothole", id="a letter missing"),
        pytest.param("pohtole", "en", "pothole", id="two letters turned round"),
        pytest.param("poth0l", "en", "pothole", id="a slip before the end"),
        pytest.param("geyser", "en", "main-break", id="a synonym"),
        pytest.param("burst", "en", "main-break", id="part of a synonym"),
        pytest.param("aqueduc", "fr", "main-break", id="French"),
        pytest.param("bris d'aqueduc", "fr", "main-break", id="an apostrophe"),
        pytest.param("deneigement", "fr", "snow", id="an accent left out"),
        pytest.param("DÉNEIG", "fr", "snow", id="in capitals"),
        pytest.param("nid de poule", "fr", "pothole", id="hyphens left out"),
        pytest.param("neige", "en", "snow", id="French to an English caller's agent"),
        pytest.param("noise", "fr", "noise", id="English where there is no French"),
        pytest.param("snow street", "en", "snow", id="words of it, others between"),
    ],
)
def test_the_first_suggestion_is_what_was_meant(
    typed: str, language: Language, expected: str
) -> None:
    assert suggest(TOWN, typed, language=language)[0].category.key == expected


@pytest.mark.parametrize("typed", ["", "  ", "?!", "xylophone", "qqq"])
def test_what_fits_nothing_suggests_nothing(typed: str) -> None:
    assert suggest(TOWN, typed, language="en") == ()


def test_a_tie_goes_to_the_callers_language() -> None:
    english = replace(POTHOLE, key="english", name=both("Court", "Terrain"))
    french = replace(POTHOLE, key="french", name=both("Brief", "Court"))
    town = replace(TOWN, categories=(english, french))

    first = {
        language: suggest(town, "court", language=language)[0].category.key
        for language in ("en", "fr")
    }

    assert first == {"en": "english", "fr": "french"}


@given(
    name=st.sampled_from(["Water main break", "Pothole", "Snow on the street"]),
    letters=st.integers(1, 20),
)
def test_every_beginning_of_a_name_finds_it(name: str, letters: int) -> None:
    typed = name[:letters].strip()

    found = [each.category.name.en for each in suggest(TOWN, typed, language="en")]

    assert name in found
