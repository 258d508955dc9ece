"""The page of difficult callers: a supervisor's towns, every desk's, and no other's."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

import pytest

import calls
from calls import NewFlag
from tests.conftest import NIGHT
from tests.portal.desk.cast import HELEN, Agent, Hire
from townline import proof
from townline.auth import Person
from townline.tenancy import TenantSession

SHOUTS = NewFlag(reason="Shouts at whoever answers.", terms="Two minutes, then end.")
EVERYWHERE = NewFlag(scope="operator", kind="threats")
LONG_AGO = NIGHT - timedelta(days=130)


@pytest.fixture
def ines(hire: Hire, towns: dict[str, UUID]) -> Agent:
    return hire("Inès Roy", *towns.values(), role="supervisor")


@pytest.fixture
def rivertons(hire: Hire, towns: dict[str, UUID]) -> Agent:
    """A supervisor of one town of the two."""
    return hire("Sam Poe", towns["riverton"], role="supervisor")


def flagged(db: TenantSession, asked: NewFlag = SHOUTS) -> UUID:
    """By a supervisor, on a call of tonight."""
    chief = Person(uuid4(), "Tom Reed", "t@x", None, None, {db.tenant_id: "supervisor"})
    call = calls.arrive(
        db, f"CA{uuid4()}", line="+13125550100", caller=HELEN, language="en", at=NIGHT
    )
    calls.flag(db, call.id, asked, by=chief, at=NIGHT)
    found = calls.flags_on(db, HELEN, by=chief, at=NIGHT)
    db.session.commit()
    return next(each.id for each in found if each.scope == asked.scope)


def test_an_agent_sees_no_list(maya: Agent) -> None:
    assert maya.client.get("/desk/flags").status_code == 403


def test_an_empty_list_says_how_a_flag_is_set(ines: Agent) -> None:
    assert "Alt+W" in ines.get("/desk/flags")


def test_the_list_says_who_why_until_when_and_by_when_to_appeal(
    ines: Agent, riverton: TenantSession
) -> None:
    flagged(riverton)

    page = ines.get("/desk/flags")

    for said in ("ends in 0142", SHOUTS.reason, "Tom Reed", "Fri 13 Mar", "Riverton"):
        assert said in page
    assert HELEN not in page
    assert "No flag is in force." not in page


def test_a_flag_of_every_desk_is_listed_without_words(
    rivertons: Agent, sainte_aurore: TenantSession
) -> None:
    flag_id = flagged(sainte_aurore, EVERYWHERE)

    page = rivertons.get("/desk/flags")

    assert "at every desk" in page
    assert "Sainte-Aurore" not in page
    assert "has no words" in rivertons.get(f"/desk/flags/everywhere/{flag_id}")


def test_another_towns_flags_are_not_there(
    rivertons: Agent, sainte_aurore: TenantSession
) -> None:
    flag_id = flagged(sainte_aurore)

    assert SHOUTS.reason not in rivertons.get("/desk/flags")
    for slug in ("sainte-aurore", "riverton"):
        there = f"/desk/flags/{slug}/{flag_id}"
        assert rivertons.client.get(there).status_code == 404
        assert rivertons.send(f"{there}/end", why="It is over.")[0] == 404


def test_a_supervisor_lengthens_it_and_says_why(
    ines: Agent, riverton: TenantSession
) -> None:
    flag_id = flagged(riverton)
    there = f"/desk/flags/riverton/{flag_id}"

    status, to = ines.send(f"{there}/renewal", days="90", why="He rang again.")

    assert (status, to) == (303, there)
    page = ines.get(there)
    assert "He rang again." in page
    assert "Lengthened" in page
    told = proof.timeline(riverton, flag_id)
    assert [each.event for each in told] == ["flag.renewed"]


def test_a_flag_that_is_lifted_stays_in_the_list_for_a_while(
    ines: Agent, riverton: TenantSession
) -> None:
    flag_id = flagged(riverton)

    ines.send(f"/desk/flags/riverton/{flag_id}/end", why="She apologised.")

    page = ines.get("/desk/flags")
    assert "No flag is in force." in page
    assert "lifted by Inès Roy" in page
    assert "She apologised." in ines.get(f"/desk/flags/riverton/{flag_id}")


def test_what_holds_at_every_desk_is_lifted_and_lengthened_without_words(
    ines: Agent, riverton: TenantSession
) -> None:
    there = f"/desk/flags/everywhere/{flagged(riverton, EVERYWHERE)}"

    assert ines.send(f"{there}/renewal", days="60")[0] == 303
    assert ines.send(f"{there}/end")[0] == 303

    assert "lifted by Inès Roy" in ines.get(there)


@pytest.mark.parametrize(
    ("act", "typed"),
    [
        pytest.param("end", {"why": ""}, id="lifted without a reason"),
        pytest.param("renewal", {"days": "30", "why": "  "}, id="a reason of blanks"),
        pytest.param("renewal", {"days": "366", "why": "Again."}, id="over a year"),
        pytest.param("renewal", {"days": "many", "why": "Again."}, id="no number"),
    ],
)
def test_what_has_no_reason_or_no_end_is_refused(
    ines: Agent, riverton: TenantSession, act: str, typed: dict[str, str]
) -> None:
    flag_id = flagged(riverton)

    status, _ = ines.send(f"/desk/flags/riverton/{flag_id}/{act}", **typed)

    assert status in {400, 422}
    assert proof.timeline(riverton, flag_id) == []


def test_what_ended_long_ago_is_listed_no_more(
    ines: Agent, riverton: TenantSession
) -> None:
    flag_id = flagged(riverton)
    flag = calls.town_flag(riverton, flag_id, at=NIGHT).flag
    flag.expires_at = LONG_AGO
    riverton.session.commit()

    assert SHOUTS.reason not in ines.get("/desk/flags")
