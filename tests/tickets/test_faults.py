from __future__ import annotations

import pytest
from msgspec.structs import replace

from tests.tenants.example_towns import TOWNS
from tests.tickets.cast import HELEN, hydrant
from tickets import Caller, Intake, faults, level_of, normalised
from tickets.intake import answers_of, place_of
from townline.i18n import speaking

RIVERTON = TOWNS["riverton"]
HYDRANT = RIVERTON.category("fire-hydrant")


def helen(**changes: object) -> Caller:
    return replace(HELEN, **changes)


@pytest.mark.parametrize(
    ("intake", "field"),
    [
        pytest.param(hydrant(category="ghosts"), "category", id="unknown category"),
        pytest.param(hydrant(answers={}), "answers.state", id="a question unanswered"),
        pytest.param(
            hydrant(answers={"state": "haunted"}), "answers.state", id="no such answer"
        ),
        pytest.param(hydrant(place=" "), "place", id="no place"),
        pytest.param(hydrant(place="x" * 201), "place", id="a place too long"),
        pytest.param(hydrant(place="Elm\0St"), "place", id="a NUL byte"),
        pytest.param(hydrant(latitude=41.9), "place", id="half a point"),
        pytest.param(
            hydrant(latitude=91.0, longitude=0.0), "place", id="a point in the sky"
        ),
        pytest.param(
            hydrant(latitude=float("nan"), longitude=0.0), "place", id="no number"
        ),
        pytest.param(hydrant(words="x" * 4001), "words", id="words too long"),
        pytest.param(hydrant(words="half \ud83d"), "words", id="half a character"),
        pytest.param(hydrant(directions="x" * 4001), "directions", id="lost"),
        pytest.param(hydrant(level=1), "level_reason", id="graver without a reason"),
        pytest.param(hydrant(level=0, level_reason="!"), "level", id="level nought"),
        pytest.param(hydrant(level=9), "level", id="level nine"),
        pytest.param(
            hydrant(level_reason="x" * 201), "level_reason", id="a long reason"
        ),
        pytest.param(hydrant(caller=helen(phone="911")), "phone", id="no such number"),
        pytest.param(hydrant(caller=helen(phone="")), "phone", id="a text to nowhere"),
        pytest.param(hydrant(caller=helen(email="helen")), "email", id="no address"),
        pytest.param(
            hydrant(caller=helen(email=f"{'x' * 250}@a.org")), "email", id="too long"
        ),
        pytest.param(
            hydrant(caller=helen(tell_by="email", email="")), "email", id="a letter to"
        ),
        pytest.param(hydrant(caller=helen(name="x" * 201)), "name", id="a long name"),
        pytest.param(hydrant(caller=helen(name="\0")), "name", id="an unwritable name"),
    ],
)
def test_an_intake_says_what_is_wrong_and_where(intake: Intake, field: str) -> None:
    found = list(faults(RIVERTON, intake))

    assert [fault.field for fault in found] == [field]
    assert found[0].remedy


@pytest.mark.parametrize(
    "intake",
    [
        pytest.param(hydrant(), id="as taken down"),
        pytest.param(hydrant(caller=Caller()), id="a caller who gives nothing"),
        pytest.param(hydrant(level=2, level_reason="a child"), id="graver, and why"),
        pytest.param(hydrant(level=5), id="an agent cannot lower it, nor be stopped"),
        pytest.param(
            hydrant(place="", latitude=41.9, longitude=-87.9), id="a point alone"
        ),
        pytest.param(
            hydrant(category="water-bill", answers={}, place=""),
            id="information happens nowhere",
        ),
        pytest.param(
            hydrant(caller=helen(identity="anonymous", phone="911", email="x")),
            id="of an anonymous caller nothing is read",
        ),
        pytest.param(
            hydrant(caller=helen(phone="+33 1 42 68 53 00")), id="a number from afar"
        ),
    ],
)
def test_a_sound_intake_has_no_faults(intake: Intake) -> None:
    assert list(faults(RIVERTON, intake)) == []


def test_a_number_must_be_a_number() -> None:
    depth = hydrant(category="emergency-shut-off", answers={"depth": "knee"})

    assert [fault.field for fault in faults(RIVERTON, depth)] == ["answers.depth"]


def test_a_number_may_have_a_comma() -> None:
    depth = hydrant(category="emergency-shut-off", answers={"depth": "2,5"})

    assert list(faults(RIVERTON, depth)) == []


def test_a_written_answer_has_an_end() -> None:
    answers = {
        "flow": "stream",
        "cars": "no",
        "building": "yes",
        "which-building": "x" * 4001,
    }
    intake = hydrant(category="water-main-break", answers=answers)

    assert [fault.field for fault in faults(RIVERTON, intake)] == [
        "answers.which-building"
    ]


def test_remedies_are_said_in_french_too() -> None:
    with speaking("fr"):
        (fault,) = faults(RIVERTON, hydrant(category="ghosts"))

    assert fault.remedy == "Choisissez une des catégories de la ville."


@pytest.mark.parametrize(
    ("intake", "level"),
    [
        pytest.param(hydrant(), 3, id="the category's own"),
        pytest.param(hydrant(answers={"state": "struck"}), 2, id="an answer raises it"),
        pytest.param(hydrant(level=1), 1, id="an agent raises it"),
        pytest.param(hydrant(level=5), 3, id="an agent never lowers it"),
        pytest.param(
            hydrant(answers={"state": "running"}, level=2), 1, id="the gravest counts"
        ),
    ],
)
def test_the_level_is_the_gravest_word(intake: Intake, level: int) -> None:
    assert level_of(HYDRANT, intake) == level


def test_only_what_was_asked_is_kept_in_the_order_of_asking() -> None:
    main_break = RIVERTON.category("water-main-break")
    answers = {
        "cars": "yes",
        "flow": " stream ",
        "which-building": "402 Elm",
        "shoe-size": "44",
        "building": "no",
    }

    assert answers_of(main_break, hydrant(answers=answers)) == [
        {"question": "flow", "answer": "stream"},
        {"question": "building", "answer": "no"},
        {"question": "cars", "answer": "yes"},
    ]


def test_a_point_alone_is_a_place() -> None:
    intake = hydrant(place="", latitude=41.9, longitude=-87.9012345)

    assert place_of(intake) == "41.90000, -87.90123"


@pytest.mark.parametrize(
    ("said", "country", "number"),
    [
        pytest.param("312.555.0142", "US", "+13125550142", id="dots"),
        pytest.param("418 555-0137", "CA", "+14185550137", id="in Canada"),
        pytest.param("+44 20 7946 0958", "US", "+442079460958", id="from afar"),
        pytest.param("555-0142", "US", None, id="no area code"),
        pytest.param("call me", "US", None, id="words"),
    ],
)
def test_a_number_is_kept_as_the_world_writes_it(
    said: str, country: str, number: str | None
) -> None:
    assert normalised(said, country=country) == number
