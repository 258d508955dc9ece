"""Review sheets on the page: the supervisor's list, the agent's own, nobody else's."""

from __future__ import annotations

from functools import partial
from uuid import UUID

import pytest
from sqlalchemy import select

from calls import reviews
from tests.calls.rung import Rang
from tests.calls.rung import ring as rang
from tests.environment import SECRET
from tests.portal.desk.cast import Agent, Hire
from townline.auth import Account
from townline.db import Database
from townline.tenancy import TenantSession

SCORES = {"greeting": "4", "script": "3", "read_back": "2", "tone": "4"}
FILLED = {**SCORES, "accuracy": "3", "remarks": "Ask for the cross street."}
MONTH = "2026-02"


@pytest.fixture
def ines(hire: Hire, towns: dict[str, UUID]) -> Agent:
    return hire("Inès Roy", *towns.values(), role="supervisor")


@pytest.fixture
def drawn(maya: Agent, riverton: TenantSession, database: Database) -> str:
    """Where the sheet is of a call of Maya's that the lot has fallen on."""
    with database.everybody() as session:
        maya_okafor = Account.email == "maya@townline.example"
        account = session.scalars(select(Account.id).where(maya_okafor)).one()
    key = reviews.sub_key(SECRET)
    rung = rang(riverton, *(Rang(5, talk=60) for _ in range(300)))
    for call in rung:
        call.claimed_by = account
    riverton.session.commit()
    draw = partial(reviews.is_drawn, month=MONTH, key=key, percent=2)
    found = next(call.id for call in rung if draw(call.id))
    return f"/desk/reviews/riverton/{found}"


def test_a_supervisor_scores_a_drawn_call_and_its_agent_answers(
    ines: Agent, maya: Agent, drawn: str
) -> None:
    assert f'href="{drawn}"' in ines.get("/desk/reviews", month=MONTH)
    assert ines.send(drawn, **FILLED)[0] == 303

    assert f'href="{drawn}"' in maya.get("/desk/reviews")
    assert "Ask for the cross street." in maya.get(drawn)
    assert maya.send(f"{drawn}/answer", words="There was none.")[0] == 303

    assert "There was none." in ines.get(drawn)
    assert "3.2" in ines.get("/desk/reviews", month=MONTH)


def test_an_agent_scores_nobody_and_sees_no_list(maya: Agent, drawn: str) -> None:
    assert maya.send(drawn, **FILLED)[0] == 403
    assert maya.send(f"{drawn}/exclusion", why="test")[0] == 403
    assert "Calls drawn for review" not in maya.get("/desk/reviews")


def test_a_colleagues_sheet_is_not_shown(ines: Agent, louis: Agent, drawn: str) -> None:
    ines.send(drawn, **FILLED)

    assert louis.client.get(drawn).status_code == 403


def test_a_mystery_call_is_taken_out_on_its_sheet(ines: Agent, drawn: str) -> None:
    assert ines.send(f"{drawn}/exclusion", why="mystery")[0] == 303

    assert f'href="{drawn}"' not in ines.get("/desk/reviews", month=MONTH)
    assert "A mystery call: counts nowhere" in ines.get(drawn)


def test_another_towns_sheet_is_not_there(
    hire: Hire, towns: dict[str, UUID], drawn: str
) -> None:
    elsewhere = hire("Luc Roy", towns["sainte-aurore"], role="supervisor")
    astray = drawn.replace("riverton", "sainte-aurore")

    for address in (drawn, astray):
        assert elsewhere.client.get(address).status_code == 404
        assert elsewhere.send(address, **FILLED)[0] == 404
        assert elsewhere.send(f"{address}/answer", words="No.")[0] == 404
        assert elsewhere.send(f"{address}/exclusion", why="test")[0] == 404


@pytest.mark.parametrize("month", ["soon", "2026-13"])
def test_a_month_that_is_none_is_refused(ines: Agent, month: str) -> None:
    answer = ines.client.get("/desk/reviews", params={"month": month})

    assert answer.status_code == 422
