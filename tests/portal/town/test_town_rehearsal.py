"""A town's own people ask what would happen, and what would go wrong."""

from __future__ import annotations

import pytest

from tests.portal.town.cast import Clerk

REHEARSAL = "/town/riverton/rules/rehearsal"


def test_what_would_happen_on_christmas_night(priya: Clerk) -> None:
    page = priya.get(
        REHEARSAL, category="water-main-break", level="1", at="2026-12-25T02:00"
    )

    assert "Teresa Novak" in page
    assert "02:00:00 CST" in page
    assert "RIV L1 Water Main Break" in page
    assert "Water emergencies at night" in page


def test_which_rule_won_and_why_no_other_did(priya: Clerk) -> None:
    page = priya.get(REHEARSAL, category="water-main-break", level="1")

    assert "Which rule holds, and why" in page
    assert "“Emergencies”" in page


def test_the_world_can_be_chosen(tom: Clerk) -> None:
    page = tom.get(
        REHEARSAL, category="water-main-break", level="1", script="never-arrives"
    )

    assert "A deadline is missed" in page


def test_it_is_said_in_french_too(claire: Clerk) -> None:
    page = claire.get("/town/sainte-aurore/rules/rehearsal", level="1")

    assert "Ce qui arriverait" in page
    assert "Le relais commence" in page


@pytest.mark.parametrize(
    ("form", "status"),
    [
        pytest.param({"at": "tomorrow"}, 422, id="a time that is none"),
        pytest.param({"script": "nonsense"}, 422, id="a script that is none"),
        pytest.param({"category": "nonsense"}, 404, id="a category that is none"),
    ],
)
def test_what_is_not_understood_is_refused(
    priya: Clerk, form: dict[str, str], status: int
) -> None:
    assert priya.look(REHEARSAL, **form).status_code == status


def test_findings_stand_beside_their_step(priya: Clerk) -> None:
    page = priya.get("/town/riverton/rules/checkup")

    assert "0 errors" in page
    assert "on call for 168 hours at a stretch" in page
    assert "Every step is" in page
