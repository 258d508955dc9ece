"""The queue: who waits, who takes, and what an agent of another town sees of it."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID, uuid4

import calls
from calls import RecordingExchange
from calls.telephony import CallGone, ExchangeDown
from tests.portal.desk.cast import Agent, ring
from townline.tenancy import TenantSession


def waiting(db: TenantSession, agent: Agent, sid: str = "CA1") -> UUID:
    call_id = ring(db, sid, at=agent.clock.at)
    db.session.commit()
    agent.clock.at += timedelta(seconds=21)
    return call_id


def test_a_waiting_call_is_on_the_queue(riverton: TenantSession, maya: Agent) -> None:
    waiting(riverton, maya)

    page = maya.get("/desk")

    assert "(312) 555-0142" in page
    assert "City of Riverton" in page
    assert ">0:21</time>" in page


def test_nobody_waiting_says_what_will_happen(maya: Agent) -> None:
    assert "A new call appears here by itself" in maya.get("/desk")


def test_the_longest_wait_is_the_next_to_take(
    riverton: TenantSession, maya: Agent
) -> None:
    first = waiting(riverton, maya, "CA1")
    second = waiting(riverton, maya, "CA2")

    page = maya.get("/desk")
    assert page.index(f"take-{first}") < page.index(f"take-{second}")


def test_taking_a_call_rings_the_agent_and_opens_the_call(
    riverton: TenantSession, maya: Agent, exchange: RecordingExchange
) -> None:
    call_id = waiting(riverton, maya)

    status, there = maya.send(f"/desk/calls/riverton/{call_id}/claim")

    assert (status, there) == (303, f"/desk/calls/riverton/{call_id}")
    assert [wish.extension for wish in exchange.wishes] == ["+13125559001"]


def test_whoever_comes_second_is_told_who_has_it(
    riverton: TenantSession, maya: Agent, louis: Agent
) -> None:
    call_id = waiting(riverton, maya)
    maya.send(f"/desk/calls/riverton/{call_id}/claim")

    status, page = louis.send(f"/desk/calls/riverton/{call_id}/claim")

    assert status == 409
    assert "Maya Okafor a pris cet appel" in page


def test_a_caller_who_hung_up_is_not_connected(
    riverton: TenantSession, maya: Agent, exchange: RecordingExchange
) -> None:
    call_id = waiting(riverton, maya)
    exchange.answer = CallGone()

    status, page = maya.send(f"/desk/calls/riverton/{call_id}/claim")

    assert status == 409
    assert "The caller has hung up" in page


def test_a_dead_exchange_puts_the_call_back(
    riverton: TenantSession, maya: Agent, exchange: RecordingExchange
) -> None:
    call_id = waiting(riverton, maya)
    exchange.answer = ExchangeDown()

    status, page = maya.send(f"/desk/calls/riverton/{call_id}/claim")

    assert status == 409
    assert f"claim-{call_id}" in page


def test_an_agents_own_open_call_is_one_click_away(
    riverton: TenantSession, maya: Agent
) -> None:
    call_id = waiting(riverton, maya)
    maya.send(f"/desk/calls/riverton/{call_id}/claim")

    page = maya.get("/desk")

    assert f'href="/desk/calls/riverton/{call_id}"' in page
    assert "your telephone is ringing" in page


def test_who_hung_up_in_line_is_called_back(
    riverton: TenantSession, maya: Agent
) -> None:
    waiting(riverton, maya, "CA9")
    calls.end(riverton, "CA9", at=maya.clock.at)
    riverton.session.commit()

    page = maya.get("/desk/tasks")

    assert "Hung up" in page
    assert "waited 0:21" in page


def test_towns_not_served_are_not_on_the_queue(
    sainte_aurore: TenantSession, tom: Agent
) -> None:
    ring(sainte_aurore, "CA1", at=tom.clock.at, language="fr")
    sainte_aurore.session.commit()

    assert "Sainte-Aurore" not in tom.get("/desk")


def test_a_call_of_a_town_not_served_cannot_be_taken(
    sainte_aurore: TenantSession, tom: Agent, exchange: RecordingExchange
) -> None:
    call_id = ring(sainte_aurore, "CA1", at=tom.clock.at, language="fr")
    sainte_aurore.session.commit()

    status, _ = tom.send(f"/desk/calls/sainte-aurore/{call_id}/claim")

    assert status == 404
    assert exchange.wishes == []


def test_a_call_under_the_wrong_towns_address_is_not_there(
    sainte_aurore: TenantSession, maya: Agent
) -> None:
    call_id = ring(sainte_aurore, "CA1", at=maya.clock.at, language="fr")
    sainte_aurore.session.commit()

    status, _ = maya.send(f"/desk/calls/riverton/{call_id}/claim")

    assert status == 404


def test_who_serves_no_town_has_no_desk(nobody: Agent) -> None:
    answer = nobody.client.get("/desk", headers={"accept": "text/html"})

    assert answer.status_code == 403


def test_a_town_that_does_not_exist_is_not_there(maya: Agent) -> None:
    answer = maya.client.get(f"/desk/calls/atlantis/{uuid4()}")

    assert answer.status_code == 404
