"""The floor: what only a supervisor sees, live and of their own towns alone."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Engine, event, select

from calls import presence
from calls.presence import AgentState
from portal.desk.floor import floor_of
from tests.conftest import NIGHT
from tests.portal.desk.cast import Agent, Hire, ring
from townline.auth import Person
from townline.db import Database
from townline.tenancy import TenantSession

PAGES = ("/desk/floor", "/desk/floor/now")


@pytest.fixture
def ines(hire: Hire, towns: dict[str, UUID]) -> Agent:
    return hire("Inès Roy", *towns.values(), role="supervisor")


def supervisor(*towns: UUID) -> Person:
    return Person(
        account_id=uuid4(),
        name="Inès Roy",
        email="ines@townline.example",
        language="en",
        extension=None,
        roles=dict.fromkeys(towns, "supervisor"),
    )


@pytest.mark.parametrize("page", PAGES)
def test_an_agent_is_not_let_on_the_floor(maya: Agent, page: str) -> None:
    assert maya.client.get(page).status_code == 403


def test_who_waits_and_who_works_is_on_the_floor(
    ines: Agent, maya: Agent, riverton: TenantSession
) -> None:
    ring(riverton, "CA1", at=NIGHT)
    ring(riverton, "CA2", at=NIGHT)
    riverton.session.commit()
    maya.send("/desk/here")
    maya.send("/desk/next")
    maya.clock.at += timedelta(seconds=75)

    page = ines.get("/desk/floor")

    assert "<b>2</b>" in page
    assert ">1:15</time>" in page
    assert "Maya Okafor" in page
    assert "On a call" in page
    assert "formula 4: answered in time, without short abandons" in page
    assert "95 % within 30 s" in page


def test_another_towns_line_is_not_on_the_floor(
    hire: Hire, riverton: TenantSession, sainte_aurore: TenantSession
) -> None:
    rivertons = hire("Inès Roy", riverton.tenant_id, role="supervisor")
    ring(sainte_aurore, "CA1", at=NIGHT, language="fr")
    sainte_aurore.session.commit()

    page = rivertons.get("/desk/floor")

    assert "Sainte-Aurore" not in page
    assert "<b>0</b>" in page


def test_a_supervisor_says_what_an_agent_speaks(
    ines: Agent, louis: Agent, database: Database
) -> None:
    louis.send("/desk/here")
    there = ines.get("/desk/floor").split('">Louis Tremblay')[0].rsplit('href="', 1)[1]

    status, _ = ines.send(f"{there}/languages", fr="yes")

    assert status == 303
    with database.everybody() as session:
        account = UUID(there.rsplit("/", 1)[1])
        assert presence.languages_of(session, account) == {"fr"}


def test_an_agent_of_other_towns_is_not_there_for_a_supervisor(
    hire: Hire, towns: dict[str, UUID], database: Database
) -> None:
    rivertons = hire("Inès Roy", towns["riverton"], role="supervisor")
    luc = hire("Luc Roy", towns["sainte-aurore"])
    luc.send("/desk/here")
    with database.everybody() as session:
        [account] = session.scalars(select(AgentState.account_id))

    address = f"/desk/floor/agents/{account}"

    assert rivertons.client.get(address).status_code == 404
    assert rivertons.send(f"{address}/languages", fr="yes")[0] == 404


def test_the_floor_asks_as_often_for_many_towns_as_for_one(
    database: Database, towns: dict[str, UUID], clean: None
) -> None:
    both, one = supervisor(*towns.values()), supervisor(towns["riverton"])
    floor_of(database, both, at=NIGHT)

    assert _asked(database, both) == _asked(database, one)


def _asked(database: Database, who: Person) -> int:
    asked: list[object] = []

    def note(*told: object) -> None:
        asked.append(told)

    engine: Engine = database.engine
    event.listen(engine, "before_cursor_execute", note)
    try:
        floor_of(database, who, at=NIGHT)
    finally:
        event.remove(engine, "before_cursor_execute", note)
    return len(asked)


def test_a_lapsed_agent_is_away_on_the_floor_before_any_job_says_so(
    maya: Agent, ines: Agent
) -> None:
    maya.send("/desk/here")
    maya.clock.at += timedelta(minutes=2)

    row = ines.get("/desk/floor/now").split("Maya Okafor")[1]

    assert row.split("</tr>")[0].count("Away") == 1
