"""What came of a call by hand: the ladder hears of it, and so does who was rung."""

from __future__ import annotations

from uuid import UUID

import pytest

import notify
from tests.portal.desk.cast import Agent
from tests.portal.desk.dials import ana_accepts, later, log_of, says, take, told
from townline.tenancy import TenantSession


def test_no_answer_moves_the_ladder_on_at_once(
    riverton: TenantSession, maya: Agent, task: str
) -> None:
    take(maya, task)
    later(maya, seconds=40)

    assert says(maya, task, "no_answer") == (303, "/desk")

    assert told(riverton, "undelivered") == [("Dan Ortiz", "agent")]
    assert ("Ana Ruiz", "sms") in told(riverton, "pending")
    assert log_of(riverton, task)[:5] == [
        "relay.started",
        "relay.step_started",
        "relay.attempted",
        "relay.dialled",
        "relay.step_started",
    ]
    assert "I ring" not in maya.get("/desk/dials")


def test_who_takes_it_hears_so_and_the_others_stop(
    riverton: TenantSession, maya: Agent, task: str
) -> None:
    take(maya, task)
    later(maya, seconds=40)

    status, there = says(maya, task, "accepted")

    assert (status, there) == (303, task)
    assert "You have it: Water Main Break, Elm St and 4th Ave." in maya.get(task)
    assert told(riverton, "pending") == []
    assert "Dan Ortiz, Wed 11 Feb, 02:12" in maya.get(task)
    assert "to an agent" in maya.get(task)


def test_who_cannot_lets_the_next_be_asked(
    riverton: TenantSession, maya: Agent, task: str
) -> None:
    take(maya, task)

    says(maya, task, "declined")

    assert "relay.declined" in log_of(riverton, task)
    assert ("Ana Ruiz", "sms") in told(riverton, "pending")


def test_a_double_click_changes_nothing_more(
    riverton: TenantSession, maya: Agent, task: str
) -> None:
    dial = take(maya, task)

    for _ in range(2):
        answer = maya.send(f"{task}/result", dial=dial, result="accepted")
        assert answer == (303, task)

    assert log_of(riverton, task).count("relay.dialled") == 1
    assert log_of(riverton, task).count("relay.accepted") == 1


def test_accepted_by_hand_after_another_is_answered_with_who_has_it(
    riverton: TenantSession, maya: Agent, task: str
) -> None:
    dial = take(maya, task)
    ana_accepts(riverton, maya, task)

    maya.send(f"{task}/result", dial=dial, result="accepted")

    assert "Already taken by Ana Ruiz at 02:12." in maya.get(task)


def test_who_will_ring_back_returns_to_the_desk_when_they_said(
    maya: Agent, task: str
) -> None:
    take(maya, task)
    says(maya, task, "will_call_back", minutes="5")

    assert "I ring" not in maya.get("/desk/dials")
    assert "This call comes to the desk at 02:17." in maya.get(task)

    later(maya, minutes=5)
    assert "I ring Dan Ortiz" in maya.get("/desk/dials")


def test_who_rings_us_back_is_found_by_the_ticket(
    riverton: TenantSession, maya: Agent, louis: Agent, task: str
) -> None:
    take(maya, task)
    says(maya, task, "voicemail_left")
    asked = notify.to_be_dialled(riverton, UUID(task[-36:]))
    riverton.session.commit()
    assert f'href="{task}"' in louis.get(f"/desk/tickets/riverton/{asked.subject_id}")

    status, _ = says(louis, task, "returned_call", answer="accept")

    assert status == 303
    assert "relay.accepted" in log_of(riverton, task)


@pytest.mark.parametrize(
    "form",
    [
        pytest.param({"result": "magic"}, id="a result of no trade"),
        pytest.param({"result": "will_call_back", "minutes": "9999"}, id="next week"),
    ],
)
def test_a_result_nobody_knows_is_refused(
    maya: Agent, task: str, form: dict[str, str]
) -> None:
    dial = take(maya, task)

    status, _ = maya.send(f"{task}/result", dial=dial, **form)

    assert status == 400
