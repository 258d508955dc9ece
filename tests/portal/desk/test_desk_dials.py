"""Calls by hand at the desk: who is asked, who takes it, and who may not."""

from __future__ import annotations

from uuid import UUID, uuid4

import pytest

from tests.portal.desk.cast import Agent, Hire
from tests.portal.desk.dials import ana_accepts, later, take
from townline.tenancy import TenantSession


def test_who_is_to_be_rung_stands_on_the_desk_with_its_town(
    maya: Agent, task: str
) -> None:
    page = maya.get("/desk")

    assert f'action="{task}/claim"' in page
    assert "I ring Dan Ortiz" in page
    assert 'aria-keyshortcuts="F4"' in page
    assert "(312) 555-0112" in page
    assert "Ring Dan Ortiz by hand now: level 1, City of Riverton." in page


def test_nobody_dialling_for_a_minute_is_red_and_counted_in_the_header(
    maya: Agent, task: str
) -> None:
    later(maya, seconds=59)
    assert "overdue" not in maya.get("/desk/dials")

    later(maya, seconds=1)
    page = maya.get("/desk/dials")

    assert "1 call by hand is overdue" in page
    assert "Nobody dials," in page
    assert 'hx-swap-oob="true"' in page


def test_taking_it_shows_the_number_and_the_words(maya: Agent, task: str) -> None:
    take(maya, task)

    page = maya.get(task)

    assert 'href="tel:+13125550112"' in page
    assert "City of Riverton, this is Maya. Am I speaking with Dan Ortiz?" in page
    assert "Level 1, Emergency: Water Main Break, Elm St and 4th Ave." in page
    for key in range(10):
        assert f'aria-keyshortcuts="{key}"' in page


def test_whoever_comes_second_is_told_so(maya: Agent, louis: Agent, task: str) -> None:
    take(maya, task)

    status, page = louis.send(f"{task}/claim")

    assert status == 409
    assert "Quelqu’un d’autre fait déjà cet appel." in page
    assert "Maya Okafor" in louis.get("/desk/dials")
    assert "Maya Okafor est sur cet appel," in louis.get(task)


def test_while_somebody_else_accepts_the_page_says_so(
    riverton: TenantSession, maya: Agent, task: str
) -> None:
    take(maya, task)
    ana_accepts(riverton, maya, task)

    news = maya.get(f"{task}/news")

    assert "This call is not needed any more." in news
    assert "Ana Ruiz has it since" in news


def test_given_back_it_is_on_the_desk_again(maya: Agent, task: str) -> None:
    take(maya, task)

    assert maya.send(f"{task}/release") == (303, "/desk")

    assert "I ring Dan Ortiz" in maya.get("/desk/dials")


def test_a_call_that_is_not_needed_any_more_is_refused_in_words(
    riverton: TenantSession, maya: Agent, task: str
) -> None:
    ana_accepts(riverton, maya, task)

    status, page = maya.send(f"{task}/claim")

    assert status == 409
    assert "That call is not needed any more." in page


def test_in_french_the_desk_speaks_french_and_the_words_stay_theirs(
    louis: Agent, task: str
) -> None:
    take(louis, task)

    page = louis.get(task)

    assert "Appeler Dan Ortiz" in page
    assert "Boîte vocale pleine" in page
    assert "this is Louis. Am I speaking with Dan Ortiz?" in page


@pytest.mark.parametrize("part", ["", "/news"])
def test_a_call_of_a_town_not_served_is_not_there(
    towns: dict[str, UUID], maya: Agent, hire: Hire, task: str, part: str
) -> None:
    """Nor under another town's name, nor with a number made up."""
    nadia = hire("Nadia Roy", towns["sainte-aurore"])
    number = task[-36:]
    elsewhere = f"/desk/dials/sainte-aurore/{number}"
    made_up = f"/desk/dials/riverton/{uuid4()}"
    form = {"dial": str(uuid4()), "result": "accepted"}

    for agent, address in ((nadia, task), (nadia, elsewhere), (maya, made_up)):
        assert agent.client.get(f"{address}{part}").status_code == 404
        assert agent.send(f"{address}/claim")[0] == 404
        assert agent.send(f"{address}/release")[0] == 404
        assert agent.send(f"{address}/result", **form)[0] == 404
    assert "I ring" not in nadia.get("/desk/dials")
    assert "I ring Dan Ortiz" in maya.get("/desk/dials")
