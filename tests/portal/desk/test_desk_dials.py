"""Calls by hand at the desk: who is asked, who takes it, and what comes of it."""

from __future__ import annotations

import re
from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from sqlalchemy import Engine

import escalation
import notify
import tickets
from tests.conftest import NIGHT
from tests.portal.desk.cast import HELEN, Agent, Hire
from tests.tenants.by_hand import ringing_by_hand
from tickets import Caller, Intake
from townline import proof
from townline.db import Database, new_id
from townline.proof import Actor
from townline.tenancy import TenantSession


@pytest.fixture
def by_hand(
    engine_database: Database, sweeper: Engine, towns: dict[str, UUID], clean: None
) -> Iterator[None]:
    with ringing_by_hand(engine_database, sweeper, "riverton"):
        yield


@pytest.fixture
def task(riverton: TenantSession, maya: Agent, by_hand: None) -> str:
    """Dan Ortiz has the week, and is to be rung about a main break."""
    notify.LISTENERS["relay"] = escalation.RelayListener()
    intake = Intake(
        client_key=new_id(),
        category="water-main-break",
        channel="phone",
        caller=Caller(name="Helen Marsh", phone=HELEN),
        place="Elm St and 4th Ave",
        answers={"flow": "stream", "cars": "no"},
    )
    ticket = tickets.open(riverton, intake, at=NIGHT, by=Actor("agent", "Louis"))
    riverton.session.commit()
    [asked] = notify.dial_tasks(riverton, ticket.id)
    riverton.session.commit()
    return f"/desk/dials/riverton/{asked.id}"


def later(agent: Agent, **time: float) -> None:
    agent.clock.at += timedelta(**time)


def hidden(page: str, name: str) -> str:
    found = re.search(rf'name="{name}" value="([^"]+)"', page)
    assert found, page
    return found[1]


def take(agent: Agent, task: str) -> str:
    """Take it, and find the key under which its result is said."""
    assert agent.send(f"{task}/claim") == (303, task)
    return hidden(agent.get(task), "dial")


def says(agent: Agent, task: str, result: str, **more: str) -> tuple[int, str]:
    dial = hidden(agent.get(task), "dial")
    return agent.send(f"{task}/result", dial=dial, result=result, **more)


def log_of(db: TenantSession, task: str) -> list[str]:
    asked = notify.to_be_dialled(db, UUID(task[-36:]))
    events = [each.event for each in proof.timeline(db, asked.subject_id)]
    db.session.commit()
    return [each for each in events if each.startswith("relay.")]


def told(db: TenantSession, state: str) -> list[tuple[str, str]]:
    found = db.session.scalars(db.rows(notify.Notification)).all()
    db.session.commit()
    return [(e.recipient_name, e.channel) for e in found if e.state == state]


def test_who_is_to_be_rung_stands_on_the_desk_with_its_town(
    maya: Agent, task: str
) -> None:
    page = maya.get("/desk")

    assert f'action="{task}/claim"' in page
    assert "I ring Dan Ortiz" in page
    assert 'aria-keyshortcuts="F4"' in page
    assert "(312) 555-0112" in page
    assert "Ring Dan Ortiz by hand now: level 1, City of Riverton." in page


def test_nobody_dialling_for_a_minute_is_red_and_counted_in_the_header(
    maya: Agent, task: str
) -> None:
    later(maya, seconds=59)
    assert "overdue" not in maya.get("/desk/dials")

    later(maya, seconds=1)
    page = maya.get("/desk/dials")

    assert "1 call by hand is overdue" in page
    assert "Nobody dials," in page
    assert 'hx-swap-oob="true"' in page


def test_taking_it_shows_the_number_and_the_words(maya: Agent, task: str) -> None:
    take(maya, task)

    page = maya.get(task)

    assert 'href="tel:+13125550112"' in page
    assert "City of Riverton, this is Maya. Am I speaking with Dan Ortiz?" in page
    assert "Level 1, Emergency: Water Main Break, Elm St and 4th Ave." in page
    for key in range(10):
        assert f'aria-keyshortcuts="{key}"' in page


def test_whoever_comes_second_is_told_so(maya: Agent, louis: Agent, task: str) -> None:
    take(maya, task)

    status, page = louis.send(f"{task}/claim")

    assert status == 409
    assert "Quelqu’un d’autre fait déjà cet appel." in page
    assert "Maya Okafor" in louis.get("/desk/dials")
    assert "Maya Okafor est sur cet appel," in louis.get(task)


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


def test_while_somebody_else_accepts_the_page_says_so(
    riverton: TenantSession, maya: Agent, task: str
) -> None:
    take(maya, task)
    asked = notify.to_be_dialled(riverton, UUID(task[-36:]))
    assert asked.fence_id is not None
    escalation.accept(
        riverton, asked.fence_id, contact="ana-ruiz", via="sms", at=maya.clock.at
    )
    riverton.session.commit()

    news = maya.get(f"{task}/news")

    assert "This call is not needed any more." in news
    assert "Ana Ruiz has it since" in news


def test_accepted_by_hand_after_another_is_answered_with_who_has_it(
    riverton: TenantSession, maya: Agent, task: str
) -> None:
    dial = take(maya, task)
    asked = notify.to_be_dialled(riverton, UUID(task[-36:]))
    assert asked.fence_id is not None
    escalation.accept(
        riverton, asked.fence_id, contact="ana-ruiz", via="sms", at=maya.clock.at
    )
    riverton.session.commit()

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


def test_given_back_it_is_on_the_desk_again(maya: Agent, task: str) -> None:
    take(maya, task)

    assert maya.send(f"{task}/release") == (303, "/desk")

    assert "I ring Dan Ortiz" in maya.get("/desk/dials")


def test_a_call_that_is_not_needed_any_more_is_refused_in_words(
    riverton: TenantSession, maya: Agent, task: str
) -> None:
    asked = notify.to_be_dialled(riverton, UUID(task[-36:]))
    assert asked.fence_id is not None
    escalation.accept(
        riverton, asked.fence_id, contact="ana-ruiz", via="sms", at=maya.clock.at
    )
    riverton.session.commit()

    status, page = maya.send(f"{task}/claim")

    assert status == 409
    assert "That call is not needed any more." in page


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


def test_in_french_the_desk_speaks_french_and_the_words_stay_theirs(
    louis: Agent, task: str
) -> None:
    take(louis, task)

    page = louis.get(task)

    assert "Appeler Dan Ortiz" in page
    assert "Boîte vocale pleine" in page
    assert "this is Louis. Am I speaking with Dan Ortiz?" in page


@pytest.mark.parametrize("part", ["", "/news"])
def test_a_call_of_a_town_not_served_is_not_there(
    towns: dict[str, UUID], maya: Agent, hire: Hire, task: str, part: str
) -> None:
    """Nor under another town's name, nor with a number made up."""
    nadia = hire("Nadia Roy", towns["sainte-aurore"])
    number = task[-36:]
    elsewhere = f"/desk/dials/sainte-aurore/{number}"
    made_up = f"/desk/dials/riverton/{uuid4()}"
    form = {"dial": str(uuid4()), "result": "accepted"}

    for agent, address in ((nadia, task), (nadia, elsewhere), (maya, made_up)):
        assert agent.client.get(f"{address}{part}").status_code == 404
        assert agent.send(f"{address}/claim")[0] == 404
        assert agent.send(f"{address}/release")[0] == 404
        assert agent.send(f"{address}/result", **form)[0] == 404
    assert "I ring" not in nadia.get("/desk/dials")
    assert "I ring Dan Ortiz" in maya.get("/desk/dials")
