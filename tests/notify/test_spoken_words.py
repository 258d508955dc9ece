"""What a phone says: where it is first, what to press last, and to a mailbox less."""

from __future__ import annotations

from dataclasses import replace

import pytest

import tenants
from notify.rendering import compose, letterhead, render
from notify.samples import SAMPLES
from tenants import examples

# A telephone voice says about fifteen letters a second.
IN_FIVE_SECONDS = 75
LONG_PLACE = "the corner of Martin Luther King Boulevard and Massachusetts Avenue"
HEAD = letterhead(
    tenants.read(examples.text("riverton"), source="riverton.toml"),
    language="en",
    level=1,
    public_url="",
)


@pytest.mark.parametrize(
    ("language", "level", "keys"),
    [
        pytest.param(
            "en",
            "Level 1.",
            "Press 1 to take it, 2 if you cannot, 9 to hear this again.",
            id="en",
        ),
        pytest.param(
            "fr",
            "Niveau 1.",
            "Faites le 1 pour prendre, le 2 si vous ne pouvez pas,"
            " le 9 pour réécouter.",
            id="fr",
        ),
    ],
)
def test_level_and_street_are_said_in_the_first_five_seconds(
    language: str, level: str, keys: str
) -> None:
    context = {**SAMPLES["relay"].context, "place": LONG_PLACE}

    said = compose("relay", "voice", context, replace(HEAD, language=language)).body

    assert said.startswith(level)
    # As much of the street as fits; the category and the town come after it.
    assert said[len(level) :].lstrip().startswith(LONG_PLACE[:46])
    assert len(level) + 46 < IN_FIVE_SECONDS
    assert said.endswith(keys)


@pytest.mark.parametrize("language", ["en", "fr"])
def test_a_mailbox_hears_the_code_and_the_number_and_no_keys(language: str) -> None:
    head = replace(HEAD, language=language, code="41")

    said = render("relay/voicemail.txt", SAMPLES["relay"].context, head)

    assert "4 1" in said
    assert "3 1 2 5 5 5 0 1 0 0" in said
    assert "Press" not in said
    assert "Faites" not in said
