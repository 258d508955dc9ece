"""The page of figures: each with its formula, in the town's own days."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from tests.calls.rung import Rang
from tests.calls.rung import ring as rang
from tests.conftest import NIGHT
from tests.portal.desk.cast import Agent, Hire
from townline.tenancy import TenantSession

DAY = {"first": "2026-02-11", "last": "2026-02-11"}


@pytest.fixture
def ines(hire: Hire, towns: dict[str, UUID]) -> Agent:
    return hire("Inès Roy", *towns.values(), role="supervisor")


def test_an_agent_sees_no_figures(maya: Agent) -> None:
    assert maya.client.get("/desk/measures").status_code == 403


@pytest.mark.parametrize("view", ["town", "hour", "agent"])
def test_figures_by_town_hour_and_agent_name_their_formula(
    ines: Agent, riverton: TenantSession, view: str
) -> None:
    rang(riverton, Rang(10, talk=100, wrap=20), Rang(40, talk=60), Rang(50))

    page = ines.get("/desk/measures", view=view, town="riverton", **DAY)

    assert "33.3%" in page
    assert "formula 4: answered in time, without short abandons" in page
    assert {"town": "95 % within 30 s", "hour": "02:00 CST", "agent": "Maya Okafor"}[
        view
    ] in page


def test_a_day_that_has_25_hours_shows_one_of_them_twice(ines: Agent) -> None:
    autumn = {"first": "2026-11-01", "last": "2026-11-01"}

    page = ines.get("/desk/measures", view="hour", town="riverton", **autumn)

    assert page.count('<th scope="row">') == 25 + 1
    assert "01:00 CDT" in page
    assert "01:00 CST" in page


def test_days_are_the_towns_own(ines: Agent, riverton: TenantSession) -> None:
    """At 23:30 in Riverton it is tomorrow in Sainte-Aurore."""
    late = Rang(5, talk=60, at=NIGHT + timedelta(hours=21, minutes=18))
    rang(riverton, late, replace(late, at=late.at + timedelta(hours=1)))

    page = ines.get("/desk/measures", town="riverton", **DAY)

    assert "1 answered, 0 hung up" in page


@pytest.mark.parametrize(
    "asked",
    [
        pytest.param({"first": "2026-02-11", "last": "2026-02-10"}, id="backwards"),
        pytest.param({"first": "2020-02-11", "last": "2026-02-10"}, id="six years"),
    ],
)
def test_days_that_cannot_be_are_refused(ines: Agent, asked: dict[str, str]) -> None:
    answer = ines.client.get("/desk/measures", params=asked)

    assert answer.status_code == 422


def test_another_towns_figures_are_not_there(
    hire: Hire, towns: dict[str, UUID]
) -> None:
    rivertons = hire("Inès Roy", towns["riverton"], role="supervisor")

    answer = rivertons.client.get("/desk/measures", params={"town": "sainte-aurore"})

    assert answer.status_code == 404
