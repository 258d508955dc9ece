"""What the desk sees of a ticket, of alarms, and of the calls it owes."""

from __future__ import annotations

from uuid import UUID

import pytest

import escalation
import surveys
import tickets
from surveys import Task
from tests.portal.desk.cast import HELEN, Agent
from townline.db import new_id
from townline.tenancy import TenantSession


@pytest.fixture
def task_id(riverton: TenantSession, maya: Agent, reported: UUID) -> UUID:
    """Helen is owed a call about her report."""
    [helen] = tickets.reporters(riverton, reported)
    task = riverton.add(
        Task(
            ticket_id=reported,
            reporter_id=helen.id,
            cause_id=new_id(),
            kind="open_ticket",
            phone=HELEN,
            language="en",
            script="Hello, City of Riverton calling about your report.",
            due_at=maya.clock.at,
            tries=0,
        )
    )
    riverton.session.commit()
    return task.id


def test_the_number_is_spelled_for_the_ear(
    riverton: TenantSession, maya: Agent, reported: UUID
) -> None:
    spelled = tickets.spelled(tickets.get(riverton, reported).tracking)

    page = maya.get(f"/desk/tickets/riverton/{reported}")

    assert f"Your number is {spelled}. Once more: {spelled}." in page


def test_nobody_yet_is_red_and_says_who_comes_next(maya: Agent, reported: UUID) -> None:
    page = maya.get(f"/desk/tickets/riverton/{reported}/relay")

    assert "Nobody yet," in page
    assert "60:00" not in page
    assert "1\u00a0h\u00a000" in page


def test_whoever_took_it_is_named(
    riverton: TenantSession, maya: Agent, reported: UUID
) -> None:
    standing = escalation.state_of(riverton, reported)
    assert standing is not None
    escalation.accept(
        riverton, standing.run_id, contact="ana-ruiz", via="sms", at=maya.clock.at
    )
    riverton.session.commit()

    page = maya.get(f"/desk/tickets/riverton/{reported}/relay")

    assert "Ana Ruiz, Wed 11 Feb, 02:12" in page
    assert "Nobody yet" not in page


def test_an_emergency_nobody_has_taken_stands_beside_the_queue(
    maya: Agent, reported: UUID
) -> None:
    page = maya.get("/desk/runs")

    assert f"/desk/tickets/riverton/{reported}" in page
    assert "Level 1 with nobody: Water Main Break, City of Riverton." in page


def test_a_taken_emergency_leaves_the_queue(
    riverton: TenantSession, maya: Agent, reported: UUID
) -> None:
    standing = escalation.state_of(riverton, reported)
    assert standing is not None
    escalation.accept(
        riverton, standing.run_id, contact="ana-ruiz", via="sms", at=maya.clock.at
    )
    riverton.session.commit()

    assert "in somebody's hands" in maya.get("/desk/runs")


def test_a_call_owed_is_on_the_queue_with_its_sentence(
    maya: Agent, task_id: UUID
) -> None:
    assert f"/desk/tasks/riverton/{task_id}" in maya.get("/desk/tasks")
    assert "Hello, City of Riverton" in maya.get(f"/desk/tasks/riverton/{task_id}")


def test_what_came_of_the_call_ends_the_task(
    riverton: TenantSession, maya: Agent, task_id: UUID
) -> None:
    address = f"/desk/tasks/riverton/{task_id}/result"

    status, there = maya.send(address, result="reached")

    assert (status, there) == (303, "/desk")
    assert surveys.tasks(riverton.session, maya.clock.at) == []


def test_an_outcome_nobody_knows_is_refused(maya: Agent, task_id: UUID) -> None:
    status, _ = maya.send(f"/desk/tasks/riverton/{task_id}/result", result="magic")

    assert status == 400


@pytest.mark.parametrize("part", ["", "/relay"])
def test_a_ticket_of_a_town_not_served_is_not_there(
    tom: Agent, sainte_aurore: TenantSession, aurores: UUID, part: str
) -> None:
    for slug in ("riverton", "sainte-aurore"):
        answer = tom.client.get(f"/desk/tickets/{slug}/{aurores}{part}")
        assert answer.status_code == 404


def test_a_task_under_another_towns_address_is_not_there(
    maya: Agent, task_id: UUID
) -> None:
    answer = maya.client.get(f"/desk/tasks/sainte-aurore/{task_id}")
    status, _ = maya.send(f"/desk/tasks/sainte-aurore/{task_id}/result", result="busy")

    assert (answer.status_code, status) == (404, 404)


def test_a_ticket_is_found_however_its_number_is_said(
    riverton: TenantSession, maya: Agent, reported: UUID
) -> None:
    tracking = tickets.get(riverton, reported).tracking

    answer = maya.client.get(
        "/desk/tickets",
        params={"number": tracking.lower().replace("-", " ")},
        follow_redirects=False,
    )

    assert answer.headers["location"] == f"/desk/tickets/riverton/{reported}"


@pytest.mark.parametrize(
    ("number", "said"),
    [
        pytest.param("XYZ-123-456-7", "No ticket of your towns", id="nobody's letters"),
        pytest.param("RIV-123-456-0", "misheard", id="a digit misheard"),
        pytest.param("RIV", "That is not a tracking number", id="half a number"),
    ],
)
def test_a_number_that_is_no_tickets_brings_the_queue_back(
    maya: Agent, number: str, said: str
) -> None:
    answer = maya.client.get("/desk/tickets", params={"number": number})

    assert answer.status_code == 409
    assert said in answer.text


def test_a_number_of_a_town_not_served_is_nobodys(
    sainte_aurore: TenantSession, tom: Agent, aurores: UUID
) -> None:
    tracking = tickets.get(sainte_aurore, aurores).tracking

    answer = tom.client.get("/desk/tickets", params={"number": tracking})

    assert answer.status_code == 409
    assert "No ticket of your towns" in answer.text
