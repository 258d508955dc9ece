"""The page of figures: each with its formula, in the town's own days."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from uuid import UUID

import pytest

from calls.presence.models import AgentSpell
from tests.calls.rung import MAYA, Rang
from tests.calls.rung import ring as rang
from tests.conftest import NIGHT
from tests.portal.desk.cast import Agent, Hire
from townline.db import Database
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


def test_an_agent_who_answers_for_another_town_is_not_idle(
    ines: Agent, riverton: TenantSession, database: Database
) -> None:
    """Of two hours at work one on calls, half of it for this town."""
    half = timedelta(minutes=30)
    rang(riverton, Rang(10, talk=1800))
    with database.everybody() as session:
        for number, state in enumerate(("ready", "ready", "on_call", "wrap_up")):
            since = NIGHT - (4 - number) * half
            until = since + half
            session.add(
                AgentSpell(account_id=MAYA, state=state, since=since, until=until)
            )

    page = ines.get("/desk/measures", view="agent", town="riverton", **DAY)
    everywhere = ines.get("/desk/measures", view="agent", **DAY)

    assert "50%" in page
    assert "For this town" in page
    assert "25%" in page
    assert "For this town" not in everywhere
