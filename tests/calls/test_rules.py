from __future__ import annotations

from datetime import timedelta
from typing import get_args

import pytest

from calls.rules import speech
from calls.rules.callers import known
from calls.rules.claims import is_short
from calls.rules.dispositions import BILLABLE, DISPOSITIONS, Disposition
from calls.rules.speech import Said
from tests.tenants.example_towns import TOWNS
from tests.tenants.larkfield import utc

RIVERTON, SAINTE_AURORE = TOWNS["riverton"], TOWNS["sainte-aurore"]
NIGHT, DAY, NEW_YEAR = (
    utc("2026-02-11T08:12"),
    utc("2026-02-11T16:00"),
    utc("2026-01-01T16:00"),
)


@pytest.mark.parametrize(
    ("caller", "number"),
    [
        pytest.param("+13125550142", "+13125550142", id="a number"),
        pytest.param("anonymous", None, id="the word"),
        pytest.param("Restricted", None, id="another word"),
        pytest.param("+266696687", None, id="ANONYMOUS on a keypad"),
        pytest.param("+7378742833", None, id="RESTRICTED on a keypad"),
        pytest.param("+86282452253", None, id="UNAVAILABLE on a keypad"),
        pytest.param("", None, id="nothing"),
        pytest.param("sip:desk@example.org", None, id="no telephone"),
    ],
)
def test_a_withheld_number_is_nobodys(caller: str, number: str | None) -> None:
    assert known(caller) == number


@pytest.mark.parametrize(
    ("at", "words"),
    [
        pytest.param(NIGHT, "City Hall is closed, and we answer", id="at night"),
        pytest.param(DAY, "An agent will be with you", id="by day"),
        pytest.param(NEW_YEAR, "closed for the holiday", id="on New Year's Day"),
    ],
)
def test_the_greeting_knows_the_hour(at: object, words: str) -> None:
    assert words in speech.greeting(RIVERTON, "en", at=at).words  # type: ignore[arg-type] # a row of instants


def test_the_greeting_speaks_the_callers_language() -> None:
    said = speech.greeting(SAINTE_AURORE, "fr", at=NIGHT)

    assert said.language == "fr"
    assert "L’hôtel de ville est fermé" in said.words


def test_an_agent_answers_with_the_towns_words_and_their_own_first_name() -> None:
    said = speech.answer_phrase(RIVERTON, "en", agent="Maya Okafor", at=NIGHT)

    assert said.startswith("City of Riverton, after-hours line, this is Maya.")


def test_a_town_of_one_language_offers_no_choice() -> None:
    assert speech.choice(RIVERTON) == ()


def test_a_town_of_two_languages_offers_each_in_itself() -> None:
    assert speech.choice(SAINTE_AURORE) == (
        Said("Ville de Sainte-Aurore. Pour le français, faites le 1.", "fr"),
        Said("Town of Sainte-Aurore. For English, press 2.", "en"),
    )


@pytest.mark.parametrize(
    ("digits", "language"),
    [
        pytest.param("1", "fr", id="the first offered"),
        pytest.param("2", "en", id="the second"),
        pytest.param("", "fr", id="nothing pressed: the line's own"),
        pytest.param("9", "fr", id="a wrong key: the line's own"),
    ],
)
def test_a_key_chooses_a_language(digits: str, language: str) -> None:
    assert speech.chosen(SAINTE_AURORE, digits, otherwise="fr") == language


@pytest.mark.parametrize(
    ("position", "language", "words"),
    [
        pytest.param(1, "en", "You are next", id="first in line"),
        pytest.param(4, "en", "You are number 4", id="fourth in line"),
        pytest.param(1, "fr", "Vous êtes le prochain", id="first, in French"),
        pytest.param(4, "fr", "Vous êtes au rang 4", id="fourth, in French"),
    ],
)
def test_the_hold_message_says_the_place_in_line(
    position: int, language: str, words: str
) -> None:
    assert speech.hold(position, language).words.startswith(words)


def test_a_number_of_no_town_says_so_in_both_languages() -> None:
    assert [said.language for said in speech.nobodys_line()] == ["en", "fr"]
    assert "Ce numéro n’est pas en service" in speech.nobodys_line()[1].words


def test_every_disposition_says_whether_it_is_billed() -> None:
    assert set(BILLABLE) == set(get_args(Disposition)) == set(DISPOSITIONS)


@pytest.mark.parametrize(
    ("disposition", "billable"),
    [
        ("ticket_created", True),
        ("transferred_911", True),
        ("test_call", False),
        ("wrong_number", False),
        ("dropped_call", False),
    ],
)
def test_towns_pay_for_residents_not_for_mistakes(
    disposition: Disposition, *, billable: bool
) -> None:
    assert BILLABLE[disposition] is billable


@pytest.mark.parametrize(("seconds", "short"), [(0, True), (9, True), (10, False)])
def test_a_short_wait_is_a_misdial(seconds: int, *, short: bool) -> None:
    assert is_short(timedelta(seconds=seconds)) is short
