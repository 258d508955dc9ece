"""A place outside of the town: whose it is, and how the caller gets there."""

from __future__ import annotations

from uuid import UUID

import pytest

import calls
from calls import RecordingExchange
from tests.portal.desk.cast import Agent, ring
from townline import proof
from townline.tenancy import TenantSession

# In Sainte-Aurore, in neither town, and at 12 Elm St in Riverton.
AURORE = {"latitude": "46.80", "longitude": "-71.30"}
NOWHERE = {"latitude": "41.95", "longitude": "-87.80"}
ELM = {"latitude": "41.8800", "longitude": "-87.9000"}


@pytest.fixture
def call_id(riverton: TenantSession, maya: Agent) -> UUID:
    """Helen calls Riverton; Maya has her on the line."""
    arrived = ring(riverton, "CA1", at=maya.clock.at)
    riverton.session.commit()
    maya.send(f"/desk/calls/riverton/{arrived}/claim")
    calls.connected(riverton, arrived, at=maya.clock.at)
    riverton.session.commit()
    return arrived


@pytest.fixture
def here(call_id: UUID) -> str:
    return f"/desk/calls/riverton/{call_id}"


def test_a_place_in_a_neighbouring_town_of_ours_offers_to_move_the_call(
    maya: Agent, here: str
) -> None:
    page = maya.get(f"{here}/whose", **AURORE)

    assert "This place is in Town of Sainte-Aurore." in page
    assert 'name="to" value="sainte-aurore"' in page


def test_an_agent_of_one_town_is_not_offered_the_other(
    tom: Agent, riverton: TenantSession
) -> None:
    arrived = ring(riverton, "CA5", at=tom.clock.at)
    riverton.session.commit()

    page = tom.get(f"/desk/calls/riverton/{arrived}/whose", **AURORE)

    assert "sainte-aurore" not in page
    assert "Prairie County Highway Department" in page


def test_a_place_inside_keeps_the_directory_at_hand(maya: Agent, here: str) -> None:
    page = maya.get(f"{here}/whose", **ELM)

    assert "Not ours? Who else it may be" in page
    assert 'name="to"' not in page


def test_one_click_takes_the_call_to_the_other_town(
    sainte_aurore: TenantSession, riverton: TenantSession, maya: Agent, here: str
) -> None:
    status, there = maya.send(
        f"{here}/town", to="sainte-aurore", words="no water", name="Helen Marsh"
    )

    assert status == 303
    assert there == here.replace("riverton", "sainte-aurore")
    page = maya.get(there)
    assert 'data-town="sainte-aurore"' in page
    assert "no water" not in page
    assert "Riverton" not in page.split('id="whose"')[0].split("<main")[1]
    assert "This call came over from City of Riverton." in maya.get(f"{there}/whose")
    riverton.session.rollback()
    left = calls.get(riverton, UUID(here.rsplit("/", 1)[1]))
    assert (left.caller, left.disposition) == (None, "wrong_city")


def test_and_one_click_brings_it_back(
    riverton: TenantSession, maya: Agent, here: str
) -> None:
    _, there = maya.send(f"{here}/town", to="sainte-aurore")

    status, back = maya.send(f"{there}/town", to="riverton")

    assert (status, back) == (303, here)
    riverton.session.rollback()
    assert calls.get(riverton, UUID(here.rsplit("/", 1)[1])).disposition is None


def test_a_town_that_is_no_neighbour_gets_no_call(maya: Agent, here: str) -> None:
    assert maya.send(f"{here}/town", to="larkfield")[0] == 404
    assert maya.send(f"{here}/town")[0] == 404


def test_outside_of_every_town_the_directory_says_whom_to_call(
    maya: Agent, here: str
) -> None:
    page = maya.get(f"{here}/whose", **NOWHERE)

    assert "Not the town’s. Who else it may be:" in page
    assert "The railroad looks after its crossings." in page
    assert "(312) 555-0162" in page


def test_who_was_sent_elsewhere_is_logged_without_their_name(
    riverton: TenantSession, maya: Agent, here: str, call_id: UUID
) -> None:
    status, _ = maya.send(f"{here}/referral", neighbour="railway", name="Helen Marsh")

    assert status == 303
    riverton.session.rollback()
    assert calls.get(riverton, call_id).disposition == "wrong_city"
    last = proof.timeline(riverton, call_id)[-1]
    assert last.event == "call.referred"
    assert "Helen" not in last.facts
    assert maya.send(f"{here}/referral", neighbour="nobody")[0] == 404


def test_an_office_is_rung_with_the_caller_on_the_line(
    maya: Agent, here: str, exchange: RecordingExchange
) -> None:
    page = maya.get(f"{here}/whose", **NOWHERE)
    assert '"target": "neighbour:railway"' in page

    status, _ = maya.send(f"{here}/legs", target="neighbour:railway", how="warm")

    assert status == 200
    assert "+13125550162" in str(exchange)
