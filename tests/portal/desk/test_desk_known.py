"""Already known: the panel of the call page, and known events from first to last."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import UUID, uuid4

import pytest

import calls
import tickets
from tests.conftest import NIGHT
from tests.portal.desk.cast import Agent, ring
from tickets import Intake, Ticket, events
from townline.proof import Actor
from townline.tenancy import TenantSession

ELM = {"latitude": "41.88100", "longitude": "-87.63100"}
SAM = {"name": "Sam Oak", "phone": "312 555 0143", "tell_by": "sms"}


@pytest.fixture
def call_id(riverton: TenantSession, maya: Agent) -> UUID:
    rang = ring(riverton, "CA1", at=maya.clock.at)
    riverton.session.commit()
    return rang


@pytest.fixture
def here(call_id: UUID) -> str:
    return f"/desk/calls/riverton/{call_id}"


@pytest.fixture
def leak(riverton: TenantSession, maya: Agent) -> Ticket:
    """A hydrant that leaks at Elm and 4th since an hour."""
    intake = Intake(
        client_key=uuid4(),
        category="fire-hydrant",
        channel="phone",
        place="Elm St and 4th Ave",
        latitude=41.881,
        longitude=-87.631,
        words="A hydrant drips",
        answers={"state": "leaking"},
    )
    an_hour_ago = NIGHT - timedelta(hours=1)
    agent = Actor("agent", "Louis Tremblay")
    ticket = tickets.open(riverton, intake, at=an_hour_ago, by=agent)
    riverton.session.commit()
    return ticket


def panel(agent: Agent, here: str, **typed: str) -> str:
    status, fragment = agent.send(f"{here}/known", **typed)
    assert status == 200
    return fragment


def event_of(maya: Agent, leak: Ticket) -> str:
    status, address = maya.send(f"/desk/tickets/riverton/{leak.id}/event")
    assert status == 303
    return address


def test_a_ticket_nearby_is_offered_with_why_and_what_to_say(
    maya: Agent, here: str, leak: Ticket
) -> None:
    shown = panel(maya, here, place="4th Ave & Elm St", **ELM)

    assert leak.tracking in shown
    assert "same place · 1 hour ago" in shown
    assert f'formaction="{here}/known-ticket/{leak.id}"' in shown
    assert 'class="say' in shown


def test_french_agents_read_it_in_french(louis: Agent, here: str, leak: Ticket) -> None:
    shown = panel(louis, here, place="4th Ave & Elm St", **ELM)

    assert "même endroit · il y a 1 heure" in shown


def test_before_there_is_a_place_nothing_is_claimed(
    maya: Agent, here: str, leak: Ticket
) -> None:
    shown = panel(maya, here, words="a hydrant drips")

    assert leak.tracking not in shown
    assert "What is known near the place appears here." in shown


def test_another_towns_call_has_no_panel(
    tom: Agent, sainte_aurore: TenantSession
) -> None:
    call_id = ring(sainte_aurore, "CA9", at=NIGHT, caller="+14185550137")
    sainte_aurore.session.commit()

    status, _ = tom.send(f"/desk/calls/sainte-aurore/{call_id}/known")

    assert status == 404


def test_the_caller_is_added_with_a_promise_of_their_own(
    riverton: TenantSession, maya: Agent, here: str, leak: Ticket
) -> None:
    maya.send(f"{here}/known-ticket/{leak.id}", category="fire-hydrant", **SAM, **ELM)

    [sam] = tickets.reporters(riverton, leak.id)[1:]
    assert sam.promised_at is not None
    assert sam.promise
    page = maya.get(f"/desk/tickets/riverton/{leak.id}")
    assert sam.promise in page.replace("&nbsp;", "\u00a0")


def test_a_wrong_me_too_is_taken_back_with_a_reason(
    riverton: TenantSession, maya: Agent, here: str, leak: Ticket
) -> None:
    maya.send(
        f"{here}/known-ticket/{leak.id}", category="pothole", place="9 Oak", **SAM
    )
    [_, sam] = tickets.reporters(riverton, leak.id)
    riverton.session.commit()
    address = f"/desk/tickets/riverton/{leak.id}/reporters/{sam.id}/own-ticket"

    status, there = maya.send(address, reason="A pothole, not the hydrant.")

    own = tickets.get(riverton, UUID(there.rsplit("/", 1)[1]))
    assert status == 303
    assert (own.category, own.place) == ("pothole", "9 Oak")
    assert [each.name for each in tickets.reporters(riverton, own.id)] == ["Sam Oak"]
    assert len(tickets.reporters(riverton, leak.id)) == 1
    status, _ = maya.send(address, reason="Again")
    assert status == 409


def test_one_click_makes_a_ticket_known_once(
    riverton: TenantSession, maya: Agent, leak: Ticket
) -> None:
    assert event_of(maya, leak) == event_of(maya, leak)

    [event] = events.going_on(riverton, at=NIGHT)
    assert event.title["en"].endswith("Elm St and 4th Ave")
    assert event.categories == ["fire-hydrant"]
    assert event.ticket_id == leak.id


def test_a_known_event_is_read_and_joined_by_one_key(
    riverton: TenantSession, maya: Agent, here: str, call_id: UUID, leak: Ticket
) -> None:
    event = event_of(maya, leak).rsplit("/", 1)[1]
    shown = panel(maya, here, **ELM)
    assert "We know about this" in shown
    assert re.search(r'known-event/[^"]+" aria-keyshortcuts="M m Alt\+J"', shown)

    answers = [maya.send(f"{here}/known-event/{event}", **SAM, **ELM) for _ in "12"]

    assert answers[0] == (303, "/desk")
    assert calls.get(riverton, call_id).disposition == "added_to_existing"
    assert len(tickets.reporters(riverton, leak.id)) == 2


def test_the_queue_says_what_is_going_on(maya: Agent, leak: Ticket) -> None:
    event_of(maya, leak)

    assert "Elm St and 4th Ave" in maya.get("/desk/known-events")


def test_an_event_is_made_corrected_and_ended(
    riverton: TenantSession, maya: Agent
) -> None:
    assert 'name="say_en"' in maya.get("/desk/events/riverton")
    form = {"title_en": "No power", "say_en": "The power is out north of the river."}
    _, address = maya.send("/desk/events/riverton", client_key=str(uuid4()), **form)
    maya.send(address, **{**form, "title_en": "No power north"})

    status, there = maya.send(f"{address}/ending", ending_en="It is back.")

    [event] = events.lately(riverton, since=NIGHT - timedelta(hours=1))
    assert (status, there) == (303, address)
    assert (event.title["en"], event.ended_by) == ("No power north", "Maya Okafor")
    assert "ended it" in maya.get(address)


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        pytest.param({"title_en": ""}, "Say in a few words", id="no title"),
        pytest.param({"say_en": ""}, "Write the sentence", id="no sentence"),
        pytest.param({"latitude": "41"}, "Give a point", id="half a point"),
        pytest.param({"polygon": "1 2\n3 4"}, "Give a point", id="two corners"),
        pytest.param({"starts_at": "soon"}, "Write a day", id="no time"),
    ],
)
def test_what_is_wrong_comes_back_as_typed(
    maya: Agent, wrong: dict[str, str], said: str
) -> None:
    form = {"title_en": "No power", "say_en": "It is out.", "title_fr": "", **wrong}

    status, page = maya.send("/desk/events/riverton", **form)

    assert status == 422
    assert said in page


def test_shelbyville_has_none_of_it(tom: Agent, leak: Ticket, maya: Agent) -> None:
    event = event_of(maya, leak).rsplit("/", 1)[1]

    for address in (
        f"/desk/events/sainte-aurore/{event}",
        f"/desk/events/sainte-aurore/{event}/ending",
        f"/desk/tickets/sainte-aurore/{leak.id}/event",
        "/desk/events/sainte-aurore",
    ):
        assert tom.send(address)[0] == 404
    assert maya.send(f"/desk/events/sainte-aurore/{event}/ending")[0] == 404


def test_a_burst_is_proposed_and_nothing_is_made_of_it(
    riverton: TenantSession, maya: Agent
) -> None:
    for number in range(5):
        intake = Intake(
            client_key=uuid4(),
            category="low-water-pressure",
            channel="phone",
            place=f"{number} Elm St",
            latitude=41.881 + number / 5_000,
            longitude=-87.631,
            answers={"how-bad": "weak", "neighbors": "no", "care": "no"},
        )
        tickets.open(riverton, intake, at=NIGHT, by=Actor("agent", "Louis"))
    riverton.session.commit()

    shown = maya.get("/desk/known-events")

    assert "5 calls within the hour" in shown
    assert events.going_on(riverton, at=NIGHT) == []
