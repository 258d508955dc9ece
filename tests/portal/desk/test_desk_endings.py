"""How a call ends: one reference, a topic, a code, and the work afterwards."""

from __future__ import annotations

from datetime import timedelta
from uuid import UUID

import pytest

import calls
import tickets
from tests.portal.desk.cast import HELEN, Agent, ring
from tests.portal.desk.test_desk_closing import report
from townline import proof
from townline.tenancy import TenantSession


@pytest.fixture
def call_id(riverton: TenantSession, maya: Agent) -> UUID:
    """Helen calls Riverton; Maya has taken the call."""
    arrived = ring(riverton, "CA1", at=maya.clock.at)
    riverton.session.commit()
    maya.clock.at += timedelta(seconds=21)
    maya.send(f"/desk/calls/riverton/{arrived}/claim")
    return arrived


@pytest.fixture
def here(call_id: UUID) -> str:
    return f"/desk/calls/riverton/{call_id}"


def facts(db: TenantSession, subject: UUID, event: str) -> list[dict[str, object]]:
    db.session.rollback()
    entries = proof.timeline(db, subject)
    return [each.told() for each in entries if each.event == event]


def test_several_problems_in_one_call_have_one_reference(
    riverton: TenantSession, maya: Agent, here: str, call_id: UUID
) -> None:
    status, back = maya.send(f"{here}/ticket", **report(more="yes"))
    again = maya.get(here)
    _, there = maya.send(f"{here}/ticket", **report(place="9th Ave"))

    first, second = tickets.of_call(riverton, call_id)
    assert (status, back.partition("?")[0]) == (303, here)
    assert f"This call has made {first.tracking}" in again
    assert 'value="Helen Marsh"' in again
    assert second.parent_id == first.id
    page = maya.get(there)
    assert "It stands for everything you have told me." in page
    assert first.tracking in page
    assert second.tracking in maya.get(f"/desk/tickets/riverton/{first.id}")


def test_the_call_is_accounted_for_once_its_last_problem_is_saved(
    riverton: TenantSession, maya: Agent, here: str, call_id: UUID
) -> None:
    maya.send(f"{here}/ticket", **report(more="yes"))
    between = calls.get(riverton, call_id).disposition
    riverton.session.rollback()

    status, _ = maya.send(f"{here}/disposition", disposition="ticket_created")

    assert (between, status) == (None, 303)
    riverton.session.expire_all()
    assert calls.get(riverton, call_id).disposition == "ticket_created"


def test_what_it_took_to_understand_each_other_is_kept(
    riverton: TenantSession, maya: Agent, here: str, call_id: UUID
) -> None:
    maya.send(
        f"{here}/ticket",
        **report(
            tty="yes",
            interpreted="Tagalog",
            interpreter="4471",
            interpreter_minutes="6",
        ),
    )

    call = calls.get(riverton, call_id)
    assert (call.tty, call.interpreter) == (True, "Tagalog, 4471")
    assert call.interpreter_minutes == 6
    assert len(facts(riverton, call_id, "call.aided")) == 1


def test_an_answer_given_at_once_leaves_its_topic_and_no_ticket(
    riverton: TenantSession, maya: Agent, here: str, call_id: UUID
) -> None:
    form = {"disposition": "information_given"}

    refused, page = maya.send(f"{here}/disposition", **form)
    status, _ = maya.send(f"{here}/disposition", **form, category="low-water-pressure")

    assert refused == 422
    assert "Choose what it was about" in page
    assert status == 303
    call = calls.get(riverton, call_id)
    assert (call.topic, call.disposition) == ("low-water-pressure", "information_given")
    assert not tickets.of_call(riverton, call_id)


def test_an_anonymous_question_keeps_no_number(
    riverton: TenantSession, maya: Agent, here: str, call_id: UUID
) -> None:
    maya.send(
        f"{here}/disposition",
        identity="anonymous",
        phone=HELEN,
        category="low-water-pressure",
        disposition="information_given",
    )

    assert calls.get(riverton, call_id).caller is None


def test_an_anonymous_caller_is_told_a_code_that_finds_the_ticket(
    riverton: TenantSession, maya: Agent, here: str, call_id: UUID
) -> None:
    _, there = maya.send(f"{here}/ticket", **report(identity="anonymous"))

    [ticket] = tickets.of_call(riverton, call_id)
    [reporter] = tickets.reporters(riverton, ticket.id)
    assert "Your own code, instead of a name" in maya.get(there)
    answer = maya.client.get(
        "/desk/tickets", params={"number": reporter.lookup}, follow_redirects=False
    )
    assert answer.headers["location"] == f"/desk/tickets/riverton/{ticket.id}"


def test_the_work_after_the_call_is_counted_and_reminded_of(
    riverton: TenantSession, maya: Agent, here: str
) -> None:
    during = maya.get(f"{here}/wrap-up")
    calls.end(riverton, "CA1", at=maya.clock.at)
    riverton.session.commit()
    maya.clock.at += timedelta(seconds=30)
    soon = maya.get(f"{here}/wrap-up")
    maya.clock.at += timedelta(seconds=90)
    late = maya.get(f"{here}/wrap-up")

    assert "After the call" not in during
    assert 'data-target="90"' in soon
    assert "wants its disposition" not in soon
    assert "wants its disposition" in late
