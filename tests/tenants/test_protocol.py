from __future__ import annotations

import pytest

from tenants.rules import missing, raised_level, stop, visible_questions
from tests.tenants.larkfield import MAIN_BREAK

LIFTING = {"how-fast": "lifting"}
NEAR_WIRES = {**LIFTING, "inside": "wires"}
# The caller corrected the first answer after the second was given.
CORRECTED = {**NEAR_WIRES, "how-fast": "trickle"}


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        pytest.param({}, ["how-fast"], id="the first question is always asked"),
        pytest.param(LIFTING, ["how-fast", "inside"], id="an answer shows another"),
        pytest.param(NEAR_WIRES, ["how-fast", "inside", "which"], id="and another"),
        pytest.param(CORRECTED, ["how-fast"], id="hiding one hides what hangs on it"),
    ],
)
def test_questions_to_ask(answers: dict[str, str], expected: list[str]) -> None:
    assert [each.key for each in visible_questions(MAIN_BREAK, answers)] == expected


@pytest.mark.parametrize(
    ("answers", "expected"),
    [
        pytest.param({}, ["how-fast"], id="nothing answered"),
        pytest.param({"how-fast": " "}, ["how-fast"], id="a blank is no answer"),
        pytest.param({"how-fast": "trickle"}, [], id="a hidden one is not missed"),
        pytest.param(LIFTING, ["inside"], id="one that appeared is"),
        pytest.param(NEAR_WIRES, [], id="one that may stay open is not"),
    ],
)
def test_questions_still_needed(answers: dict[str, str], expected: list[str]) -> None:
    assert [each.key for each in missing(MAIN_BREAK, answers)] == expected


@pytest.mark.parametrize(
    ("answers", "level"),
    [
        pytest.param({}, 2, id="the category's own"),
        pytest.param(
            {"how-fast": "trickle"}, 2, id="an answer that says nothing of it"
        ),
        pytest.param(LIFTING, 1, id="raised"),
        pytest.param(CORRECTED, 2, id="a hidden answer raises nothing"),
    ],
)
def test_answers_raise_the_level(answers: dict[str, str], level: int) -> None:
    assert raised_level(MAIN_BREAK, answers) == level


def test_an_answer_may_stop_with_what_to_say_of_911() -> None:
    stopped = stop(MAIN_BREAK, NEAR_WIRES)

    assert stopped is not None
    assert stopped.say.en == "I am connecting you to 911."


@pytest.mark.parametrize("answers", [{}, LIFTING, CORRECTED])
def test_other_answers_stop_nothing(answers: dict[str, str]) -> None:
    assert stop(MAIN_BREAK, answers) is None
