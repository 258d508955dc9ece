"""A town judges one of its tickets' levels anew, and its timeline tells of it."""

from __future__ import annotations

import re

import pytest

import tickets
from tests.portal.town.cast import Clerk
from tests.portal.town.nights import Night
from tickets import Ticket
from townline.proof import Actor

WHY = "Only the hydrant drips."


@pytest.fixture
def ticket(night: Night) -> Ticket:
    """A main break: level 1, by night."""
    return night.report()


def page_of(ticket: Ticket) -> str:
    return f"/town/riverton/tickets/{ticket.tracking}"


def offered(page: str) -> list[str]:
    return re.findall(r'type="radio" id="level-(\d)"', page)


def level_of(night: Night, ticket: Ticket) -> int:
    with night.town() as db:
        return tickets.get(db, ticket.id).level


def test_a_manager_is_offered_every_other_level(priya: Clerk, ticket: Ticket) -> None:
    shown = priya.get(page_of(ticket))

    assert offered(shown) == ["2", "3", "4", "5"]
    assert "First, Wed 11 Feb, 06:30: Ana Ruiz by text" in shown
    assert "ask a supervisor" not in shown


def test_a_changed_level_is_on_the_timeline_with_its_reason(
    priya: Clerk, night: Night, ticket: Ticket
) -> None:
    answer = priya.send(f"{page_of(ticket)}/level", level="3", reason=WHY, was="1")

    assert answer.status_code == 303
    assert answer.headers["location"] == page_of(ticket)
    shown = priya.get(page_of(ticket))
    assert f"Priya Nair lowered the level from 1 to 3</b>: {WHY}" in shown
    assert level_of(night, ticket) == 3


def test_news_brings_the_level_along(
    priya: Clerk, night: Night, ticket: Ticket
) -> None:
    priya.send(f"{page_of(ticket)}/level", level="2", reason=WHY, was="1")

    news = priya.get(f"{page_of(ticket)}/timeline", seen="1")

    assert 'id="level" hx-swap-oob="true"><span class="level" data-level="2"' in news


@pytest.mark.parametrize(
    ("form", "said"),
    [
        pytest.param({"reason": WHY}, "Choose a level from 1 to 5.", id="no level"),
        pytest.param(
            {"level": "2", "reason": " "},
            "Say in a sentence why the level changes",
            id="no reason",
        ),
    ],
)
def test_a_refused_change_says_so_at_its_field_and_keeps_what_was_typed(
    priya: Clerk, night: Night, ticket: Ticket, form: dict[str, str], said: str
) -> None:
    answer = priya.send(f"{page_of(ticket)}/level", **form, was="1")

    assert answer.status_code == 422
    assert re.search(rf'class="error" id="error-\w+">{said}', answer.text)
    assert "Nothing was saved" in answer.text
    assert form["reason"] in answer.text
    assert level_of(night, ticket) == 1


def test_who_is_late_is_shown_what_would_happen_now(
    priya: Clerk, night: Night, ticket: Ticket
) -> None:
    priya.send(f"{page_of(ticket)}/level", level="2", reason="Dry.", was="1")

    answer = priya.send(f"{page_of(ticket)}/level", level="5", reason=WHY, was="1")

    assert answer.status_code == 409
    assert "Somebody has just changed the level" in answer.text
    assert (offered(answer.text), WHY in answer.text) == (["1", "3", "4", "5"], True)
    assert level_of(night, ticket) == 2


def test_staff_of_the_town_see_no_form_and_may_send_none(
    tom: Clerk, night: Night, ticket: Ticket
) -> None:
    shown = tom.get(page_of(ticket))
    answer = tom.send(f"{page_of(ticket)}/level", level="2", reason=WHY, was="1")

    assert "Change the level" not in shown
    assert answer.status_code == 403
    assert level_of(night, ticket) == 1


def test_a_closed_ticket_keeps_its_level(
    priya: Clerk, night: Night, ticket: Ticket
) -> None:
    by = Actor("town", "Priya Nair")
    with night.town() as db:
        tickets.close(
            db, ticket.id, reason="not_found", note="Dry.", by=by, at=night.clock()
        )

    answer = priya.send(f"{page_of(ticket)}/level", level="2", reason=WHY, was="1")

    assert answer.status_code == 409
    assert offered(priya.get(page_of(ticket))) == []


@pytest.mark.parametrize("slug", ["riverton", "sainte-aurore"])
def test_another_town_finds_no_level_to_change(
    claire: Clerk, night: Night, ticket: Ticket, slug: str
) -> None:
    address = f"/town/{slug}/tickets/{ticket.tracking}/level"

    answer = claire.send(address, level="2", reason=WHY, was="1")

    assert answer.status_code == 404
    assert level_of(night, ticket) == 1


def test_a_form_from_elsewhere_changes_nothing(
    priya: Clerk, night: Night, ticket: Ticket
) -> None:
    form = {"level": "2", "reason": WHY, "was": "1"}

    forged = priya.client.post(f"{page_of(ticket)}/level", data=form)

    assert forged.status_code == 403
    assert level_of(night, ticket) == 1
