"""How calls are closed: one ticket however often it is sent, and all on record."""

from __future__ import annotations

from collections.abc import Iterator
from concurrent.futures import ThreadPoolExecutor
from datetime import timedelta
from uuid import UUID

import pytest

import calls
import escalation
import tickets
from tests.portal.desk.cast import HELEN, Agent, ring
from townline import proof
from townline.db import new_id
from townline.tenancy import TenantSession

SAFE = {
    "safety.hurt": "no",
    "safety.wires-down": "no",
    "safety.water-near-wires": "no",
    "safety.gas": "no",
}


def report(**changes: str) -> dict[str, str]:
    """Everything a water main break needs, said, read back and agreed."""
    complete = {
        "client_key": str(new_id()),
        "name": "Helen Marsh",
        "phone": "(312) 555-0142",
        **SAFE,
        "words": "water coming up through the street",
        "category": "water-main-break",
        "answer.flow": "stream",
        "answer.cars": "no",
        "place": "Elm St and 4th Ave",
        "said": "yes",
        "read.place": "yes",
        "read.name": "yes",
        "read.number": "yes",
        "read.danger": "yes",
        "disposition": "ticket_created",
    }
    return {**complete, **changes}


@pytest.fixture
def call_id(riverton: TenantSession, maya: Agent) -> Iterator[UUID]:
    """Helen calls Riverton; Maya has taken the call."""
    arrived = ring(riverton, "CA1", at=maya.clock.at)
    riverton.session.commit()
    maya.clock.at += timedelta(seconds=21)
    maya.send(f"/desk/calls/riverton/{arrived}/claim")
    yield arrived
    riverton.session.rollback()


@pytest.fixture
def here(call_id: UUID) -> str:
    return f"/desk/calls/riverton/{call_id}"


def test_save_and_relay_makes_the_ticket_and_ends_the_call(
    riverton: TenantSession, maya: Agent, here: str, call_id: UUID
) -> None:
    status, there = maya.send(f"{here}/ticket", **report())

    [ticket] = tickets.of_call(riverton, call_id)
    assert (status, there) == (303, f"/desk/tickets/riverton/{ticket.id}")
    assert (ticket.place, ticket.level) == ("Elm St and 4th Ave", 1)
    assert ticket.read_back_at == maya.clock.at
    assert calls.get(riverton, call_id).disposition == "ticket_created"


def test_the_relay_runs_before_the_page_is_back(
    riverton: TenantSession, maya: Agent, here: str, call_id: UUID
) -> None:
    maya.send(f"{here}/ticket", **report())

    [ticket] = tickets.of_call(riverton, call_id)
    standing = escalation.state_of(riverton, ticket.id)
    assert standing is not None
    assert standing.state == "running"


def test_what_was_said_is_on_the_tickets_record(
    riverton: TenantSession, maya: Agent, here: str, call_id: UUID
) -> None:
    maya.send(f"{here}/ticket", **report())

    [ticket] = tickets.of_call(riverton, call_id)
    [said] = [
        entry.told()
        for entry in proof.timeline(riverton, ticket.id)
        if entry.event == "call.read_out"
    ]
    assert said["safety"] == {
        "gas": "no",
        "hurt": "no",
        "water-near-wires": "no",
        "wires-down": "no",
    }
    assert (said["promise_said"], said["read_back"]) == (True, True)


def test_the_note_is_for_the_crew_only(
    riverton: TenantSession, maya: Agent, here: str, call_id: UUID
) -> None:
    maya.send(f"{here}/ticket", **report(note="Gate code 4471, big dog"))

    [ticket] = tickets.of_call(riverton, call_id)
    [note] = tickets.notes(riverton, ticket.id)
    assert (note.audience, note.body) == ("dispatch", "Gate code 4471, big dog")


def test_a_retry_finds_the_first_ticket(
    riverton: TenantSession, maya: Agent, here: str, call_id: UUID
) -> None:
    form = report(note="Big dog")

    first = maya.send(f"{here}/ticket", **form)
    again = maya.send(f"{here}/ticket", **form)

    assert first == again
    [ticket] = tickets.of_call(riverton, call_id)
    assert len(tickets.notes(riverton, ticket.id)) == 1


def test_a_double_click_makes_one_ticket(
    riverton: TenantSession, maya: Agent, here: str, call_id: UUID
) -> None:
    form = report(note="Big dog")

    with ThreadPoolExecutor(2) as clicks:
        answers = list(
            clicks.map(lambda _: maya.send(f"{here}/ticket", **form), range(2))
        )

    assert answers[0] == answers[1]
    [ticket] = tickets.of_call(riverton, call_id)
    assert len(tickets.notes(riverton, ticket.id)) == 1


def test_a_second_problem_in_one_call_is_a_second_ticket(
    riverton: TenantSession, maya: Agent, here: str, call_id: UUID
) -> None:
    maya.send(f"{here}/ticket", **report())
    maya.send(f"{here}/ticket", **report(place="9th Ave"))

    made = tickets.of_call(riverton, call_id)
    assert [ticket.place for ticket in made] == ["Elm St and 4th Ave", "9th Ave"]


@pytest.mark.parametrize(
    ("lacking", "remedy"),
    [
        pytest.param("safety.gas", "Ask first", id="safety first"),
        pytest.param("category", "Choose one of", id="no category"),
        pytest.param("answer.cars", "Still to ask", id="a question"),
        pytest.param("place", "Ask where it is", id="no place"),
        pytest.param("said", "Say the promise", id="promise not said"),
        pytest.param("read.number", "digit by digit", id="number not read back"),
        pytest.param("read.name", "Spell the name", id="name not spelled"),
        pytest.param("read.place", "Read the place", id="place not read back"),
        pytest.param("read.danger", "in danger now", id="danger not asked"),
    ],
)
def test_what_is_missing_is_named_and_the_rest_is_kept(
    riverton: TenantSession, maya: Agent, call_id: UUID, lacking: str, remedy: str
) -> None:
    form = report(note="Big dog")
    del form[lacking]

    status, page = maya.send(f"/desk/calls/riverton/{call_id}/ticket", **form)

    assert status == 422
    assert f'href="#field-{lacking.replace("answer.", "answers.")}"' in page
    assert remedy in page
    assert 'value="Big dog"' in page
    assert form["client_key"] in page
    assert not tickets.of_call(riverton, call_id)


def test_a_level_is_raised_only_with_a_reason(maya: Agent, here: str) -> None:
    form = report(category="low-water-pressure", level="2")
    form["answer.how-bad"] = "weak"

    status, page = maya.send(f"{here}/ticket", **form)

    assert status == 422
    assert "#field-level_reason" in page


def test_half_a_point_is_no_point(maya: Agent, here: str) -> None:
    status, page = maya.send(f"{here}/ticket", **report(latitude="41.9"))

    assert status == 422
    assert "Write the point as two numbers" in page


def test_an_anonymous_caller_leaves_no_number(
    riverton: TenantSession, maya: Agent, here: str, call_id: UUID
) -> None:
    maya.send(f"{here}/ticket", **report(identity="anonymous"))

    [ticket] = tickets.of_call(riverton, call_id)
    [reporter] = tickets.reporters(riverton, ticket.id)
    assert (reporter.name, reporter.phone) == (None, None)
    assert calls.get(riverton, call_id).caller is None


def test_the_same_thing_adds_the_caller_to_the_known_ticket(
    riverton: TenantSession, maya: Agent, here: str, call_id: UUID, reported: UUID
) -> None:
    address = f"{here}/known-ticket/{reported}"

    status, there = maya.send(address, **report(name="Sam Oak", phone="312 555 0143"))

    assert (status, there) == (303, f"/desk/tickets/riverton/{reported}")
    names = {each.name for each in tickets.reporters(riverton, reported)}
    assert names == {"Helen Marsh", "Sam Oak"}
    assert calls.get(riverton, call_id).disposition == "added_to_existing"


def test_a_call_may_end_without_a_ticket(
    riverton: TenantSession, maya: Agent, here: str, call_id: UUID
) -> None:
    status, there = maya.send(f"{here}/disposition", disposition="wrong_number")

    assert (status, there) == (303, "/desk")
    assert calls.get(riverton, call_id).disposition == "wrong_number"


def test_no_call_ends_without_a_disposition(
    riverton: TenantSession, maya: Agent, here: str, call_id: UUID
) -> None:
    status, page = maya.send(f"{here}/disposition", **report())

    assert status == 422
    assert "#field-disposition" in page
    assert calls.get(riverton, call_id).disposition is None


def test_handing_over_to_911_is_on_record_once(
    riverton: TenantSession, maya: Agent, here: str, call_id: UUID
) -> None:
    status, fragment = maya.send(f"{here}/handover")
    maya.clock.at += timedelta(minutes=1)
    _, again = maya.send(f"{here}/handover")

    assert status == 200
    assert "With 911 since 02:12" in fragment
    assert "With 911 since 02:12" in again
    assert '<option value="transferred_911" selected>' in fragment
    events = [entry.event for entry in proof.timeline(riverton, call_id)]
    assert events.count("call.handed_to_911") == 1


def test_who_is_with_911_need_not_be_read_anything_back(
    riverton: TenantSession, maya: Agent, here: str, call_id: UUID
) -> None:
    form = report(disposition="transferred_911", **{"safety.hurt": "yes"})
    del form["said"], form["read.place"]

    status, _ = maya.send(f"{here}/ticket", **form)

    assert status == 303
    [ticket] = tickets.of_call(riverton, call_id)
    assert ticket.read_back_at is None


@pytest.mark.parametrize("part", ["ticket", "disposition", "handover", "draft"])
def test_a_call_of_a_town_not_served_cannot_be_closed(
    riverton: TenantSession,
    sainte_aurore: TenantSession,
    tom: Agent,
    part: str,
) -> None:
    call_id = ring(sainte_aurore, "CA7", at=tom.clock.at, caller=HELEN, language="fr")
    sainte_aurore.session.commit()

    for slug in ("sainte-aurore", "riverton"):
        form = report(disposition="wrong_number")
        status, _ = tom.send(f"/desk/calls/{slug}/{call_id}/{part}", **form)
        assert status == 404

    sainte_aurore.session.rollback()
    assert calls.get(sainte_aurore, call_id).disposition is None
