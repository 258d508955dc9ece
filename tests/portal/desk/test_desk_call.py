"""The call page: what follows from each word typed, and only in towns one serves."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

from tests.portal.desk.cast import HELEN, Agent, ring
from townline.tenancy import TenantSession


@pytest.fixture
def call_id(riverton: TenantSession, maya: Agent) -> UUID:
    """Helen calls Riverton at 2:12 at night."""
    arrived = ring(riverton, "CA1", at=maya.clock.at)
    riverton.session.commit()
    maya.clock.at += timedelta(seconds=21)
    return arrived


@pytest.fixture
def here(call_id: UUID) -> str:
    return f"/desk/calls/riverton/{call_id}"


def typed(agent: Agent, here: str, **form: str) -> str:
    """What follows from a draft in which these fields were filled in."""
    status, page = agent.send(f"{here}/draft", **form)
    assert status == 200, page
    return page


def test_the_answer_phrase_carries_the_agents_first_name(
    maya: Agent, here: str
) -> None:
    page = maya.get(here)

    assert "after-hours line, this is Maya. Is anyone in danger?" in page
    assert "town hall closed, opens Wed 11 Feb at 8:00" in page
    assert "02:12" in page


def test_life_safety_comes_with_the_sentence_of_911(maya: Agent, here: str) -> None:
    page = maya.get(here)

    assert "Is anyone hurt, trapped or in danger right now?" in page
    assert "I am connecting you to 911 now." in page


def test_a_known_number_brings_its_name_back(
    riverton: TenantSession, maya: Agent, here: str, reported: UUID
) -> None:
    page = maya.get(here)

    assert 'value="Helen Marsh"' in page
    assert f"/desk/tickets/riverton/{reported}" in page


def test_typing_finds_categories_to_choose_by_number(maya: Agent, here: str) -> None:
    page = maya.get(f"{here}/categories", words="water main br")

    assert 'value="water-main-break"' in page
    assert "<kbd>1</kbd>" in page


def test_words_that_fit_nothing_say_so(maya: Agent, here: str) -> None:
    page = maya.get(f"{here}/categories", words="xylophone qqq")

    assert "Nothing fits these words" in page
    assert "All categories" in page


def test_the_chosen_category_stays_while_typing_goes_on(maya: Agent, here: str) -> None:
    page = maya.get(f"{here}/categories", words="hydrant", category="water-main-break")

    assert 'value="water-main-break" id="category-water-main-break" checked' in page


def test_a_category_brings_questions_promise_and_people(maya: Agent, here: str) -> None:
    page = typed(maya, here, category="water-main-break")

    assert "Is it a trickle, a stream, or is it lifting the street?" in page
    assert "A water crew is being called now" in page
    assert "2 questions still needed" in page


def test_who_will_be_told_is_rehearsed_on_what_is_typed(maya: Agent, here: str) -> None:
    _, grave = maya.send(f"{here}/told", category="water-main-break")
    _, light = maya.send(f"{here}/told", category="water-main-break", level="1")
    _, nothing = maya.send(f"{here}/told")

    assert "Dan Ortiz" in grave
    assert "+0:00" in grave
    assert grave == light
    assert "appear with the category" in nothing


def test_what_quiet_hours_hold_is_said_with_the_reason(maya: Agent, here: str) -> None:
    _, page = maya.send(f"{here}/told", category="low-water-pressure")

    assert "Quiet hours hold it until 6:30" in page.replace("\u00a0", " ")


def test_a_question_appears_with_the_answer_it_depends_on(
    maya: Agent, here: str
) -> None:
    asked = "Which building, and is somebody there?"

    before = typed(maya, here, category="water-main-break")
    after = typed(maya, here, category="water-main-break", **{"answer.building": "yes"})

    assert asked not in before
    assert asked in after


def test_an_answer_raises_the_level_and_the_people_told(maya: Agent, here: str) -> None:
    page = typed(
        maya,
        here,
        category="low-water-pressure",
        **{"answer.how-bad": "none", "answer.care": "yes"},
    )

    assert 'data-level="1"' in page
    assert "Raised from Priority by what was answered." in page


def test_what_was_typed_is_still_there(maya: Agent, here: str) -> None:
    page = typed(
        maya,
        here,
        category="water-main-break",
        **{"answer.building": "yes", "answer.which-building": "402 Elm, basement"},
    )

    assert 'value="402 Elm, basement"' in page


def test_the_read_back_names_place_and_number_digit_by_digit(
    maya: Agent, here: str
) -> None:
    page = typed(
        maya,
        here,
        category="water-main-break",
        place="Elm St and 4th Ave",
        phone=HELEN,
        **{"answer.flow": "stream", "answer.building": "yes"},
    )

    assert "Water Main Break: Stream. The place is Elm St and 4th Ave." in page
    assert "We may call you at 3 1 2, 5 5 5, 0 1 4 2." in page.replace("\u00a0", " ")


def test_an_anonymous_callers_number_is_not_read_back(maya: Agent, here: str) -> None:
    page = typed(maya, here, identity="anonymous", phone=HELEN)

    assert "We may call you" not in page


@pytest.mark.parametrize(
    ("longitude", "said"),
    [
        pytest.param("-87.90", "In City of Riverton", id="inside"),
        pytest.param("-88.90", "Not in City of Riverton", id="outside"),
    ],
)
def test_a_point_is_checked_against_the_boundary(
    maya: Agent, here: str, longitude: str, said: str
) -> None:
    page = typed(maya, here, latitude="41.90", longitude=longitude)

    assert said in page


def test_a_french_caller_is_asked_in_french(
    sainte_aurore: TenantSession, maya: Agent
) -> None:
    call_id = ring(
        sainte_aurore, "CA2", at=maya.clock.at, caller="+14185550137", language="fr"
    )
    sainte_aurore.session.commit()

    page = maya.get(f"/desk/calls/sainte-aurore/{call_id}")

    assert "«\u00a0Sentez-vous une odeur de gaz?\u00a0»" in page
    assert "What is it about?" in page


def test_the_desk_speaks_the_agents_french(louis: Agent, here: str) -> None:
    page = louis.get(here)

    assert "De quoi s’agit-il?" in page
    assert "Vie en danger" in page


def test_a_choice_nobody_offers_is_refused(maya: Agent, here: str) -> None:
    status, page = maya.send(f"{here}/draft", identity="celebrity")

    assert status == 422
    assert "out of date" in page


@pytest.mark.parametrize("part", ["", "/line", "/categories"])
def test_a_call_of_a_town_not_served_is_not_there(
    sainte_aurore: TenantSession, tom: Agent, part: str
) -> None:
    call_id = ring(sainte_aurore, "CA3", at=tom.clock.at, language="fr")
    sainte_aurore.session.commit()

    for slug in ("riverton", "sainte-aurore"):
        answer = tom.client.get(f"/desk/calls/{slug}/{call_id}{part}")
        assert answer.status_code == 404
