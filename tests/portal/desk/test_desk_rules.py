"""What the desk decides by itself, without a page or a database."""

from __future__ import annotations

import pytest

from calls import DISPOSITIONS
from portal.desk.draft import Draft, read
from portal.desk.rules import (
    WITH_TICKET,
    WITHOUT_TICKET,
    alarmed,
    digit_by_digit,
    may_end_so,
    not_asked,
    read_back,
    spelled_name,
    to_read_back,
)
from tests.portal.desk.cast import HELEN
from tests.tenants.example_towns import TOWNS
from townline.errors import Invalid
from townline.words import NO_BREAK

RIVERTON = TOWNS["riverton"]


@pytest.mark.parametrize(
    ("number", "said"),
    [
        pytest.param("+13125550142", "3 1 2, 5 5 5, 0 1 4 2", id="as it is stored"),
        pytest.param("(312) 555-0142", "3 1 2, 5 5 5, 0 1 4 2", id="as it is typed"),
        pytest.param("", "", id="none"),
        pytest.param("ask her sister", "", id="no number"),
    ],
)
def test_a_number_is_said_digit_by_digit(number: str, said: str) -> None:
    assert digit_by_digit(number).replace(NO_BREAK, " ") == said


def test_every_ending_of_the_trade_can_be_chosen() -> None:
    offered = {*WITH_TICKET, *WITHOUT_TICKET}

    assert offered | {"added_to_existing"} == set(DISPOSITIONS)


def test_a_question_left_open_is_not_a_no() -> None:
    answers = {"hurt": "no", "gas": "yes", "wires-down": "perhaps"}

    left = [each.key for each in not_asked(RIVERTON.life_safety, answers)]

    assert left == ["wires-down", "water-near-wires"]
    assert [e.key for e in alarmed(RIVERTON.life_safety, answers)] == ["gas"]


def test_a_bare_yes_is_not_read_back() -> None:
    category = RIVERTON.category("water-main-break")
    answers = {"flow": "lifting", "building": "yes", "which-building": "402 Elm"}

    said = read_back(category, answers, place="", number="", language="en")

    assert said == "Water Main Break: Lifting; 402 Elm. Is that right?"


def test_a_french_colon_keeps_its_space_with_it() -> None:
    category = TOWNS["sainte-aurore"].category("conduite-urgence")
    answers = {"debit": "jet"}

    said = read_back(category, answers, place="", number="", language="fr")

    assert f"Urgence{NO_BREAK}: Un jet." in said


def test_an_answer_to_a_question_no_longer_asked_is_not_read_back() -> None:
    category = RIVERTON.category("water-main-break")
    answers = {"building": "no", "which-building": "402 Elm"}

    said = read_back(category, answers, place="", number="", language="en")

    assert "402 Elm" not in said


def test_the_read_back_speaks_the_callers_language() -> None:
    said = read_back(None, {}, place="14, rue des Pins", number="", language="fr")

    assert said == f"L’endroit{NO_BREAK}: 14, rue des Pins. Est-ce exact?"


def test_a_form_becomes_a_draft() -> None:
    draft = read(
        {
            "name": "Helen Marsh",
            "safety.gas": "no",
            "answer.flow": "stream",
            "latitude": "41,9",
            "longitude": "-87.9",
            "level": "2",
            "read.name": "yes",
            "read.danger": "yes",
            "_csrf_token": "of no interest",
        }
    )

    assert (draft.name, draft.level) == ("Helen Marsh", 2)
    assert (draft.safety, draft.answers) == ({"gas": "no"}, {"flow": "stream"})
    assert draft.point == (-87.9, 41.9)
    assert (draft.said, draft.agreed) == (False, True)


def test_drafts_have_keys_of_their_own() -> None:
    assert Draft().client_key != Draft().client_key


@pytest.mark.parametrize(
    "form",
    [
        pytest.param({"client_key": "1"}, id="a key that is none"),
        pytest.param({"tell_by": "pigeon"}, id="a channel nobody has"),
        pytest.param({"level": "grave"}, id="a level in words"),
        pytest.param({"disposition": "enjoyed"}, id="an ending of no trade"),
    ],
)
def test_a_form_of_another_make_is_refused(form: dict[str, str]) -> None:
    with pytest.raises(Invalid):
        read(form)


def test_half_a_point_is_noticed() -> None:
    assert read({"latitude": "41.9"}).has_half_a_point
    assert read({"latitude": "nan", "longitude": "-87.9"}).has_half_a_point
    assert not read({}).has_half_a_point


@pytest.mark.parametrize(
    ("told", "items"),
    [
        pytest.param({}, ("danger",), id="danger is always asked"),
        pytest.param({"place": "9th Ave"}, ("place", "danger"), id="a place"),
        pytest.param(
            {"name": "Helen Marsh", "number": HELEN},
            ("name", "number", "danger"),
            id="who they are",
        ),
        pytest.param({"place": "  "}, ("danger",), id="nothing but spaces"),
    ],
)
def test_what_was_told_is_read_back(
    told: dict[str, str], items: tuple[str, ...]
) -> None:
    assert to_read_back(**{"place": "", "name": "", "number": "", **told}) == items


def test_an_anonymous_caller_confirms_nothing_of_themselves() -> None:
    draft = Draft(identity="anonymous", name="Helen", phone=HELEN, place="9th Ave")

    assert draft.unconfirmed == ("place", "danger")


def test_a_name_is_spelled_letter_by_letter() -> None:
    assert spelled_name("Helen Marsh") == NO_BREAK.join("HELEN") + ", " + (
        NO_BREAK.join("MARSH")
    )


@pytest.mark.parametrize(
    ("ending", "made", "may"),
    [
        pytest.param("wrong_number", 0, "yes", id="no ticket, and none made"),
        pytest.param("ticket_created", 0, "no", id="a ticket that is not there"),
        pytest.param("ticket_created", 1, "yes", id="of an earlier problem"),
        pytest.param("added_to_existing", 1, "no", id="another page's ending"),
    ],
)
def test_how_a_call_may_end_without_a_new_ticket(
    ending: str, made: int, may: str
) -> None:
    assert may_end_so(ending, has_ticket=made > 0) is (may == "yes")
