"""Who may come in: the town's own people, at every address, and nobody else."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from httpx import Response
from litestar.router import Router

import portal.town.web
import tickets
from tests.portal.phones import picture
from tests.portal.town.cast import MAYA, Clerk
from tests.portal.town.nights import Night
from tickets import Ticket

LEVEL = "POST /town/{slug:str}/tickets/{tracking:str}/level"


def every_address() -> Iterator[tuple[str, str]]:
    """Each method and path of the face; a new one is tested as soon as it is there."""
    for router in portal.town.web.ROUTES:
        assert isinstance(router, Router)
        for route in router.routes:
            for method in sorted(getattr(route, "methods", ())):
                if method in ("GET", "POST"):
                    yield method, route.path


@pytest.fixture
def ticket(night: Night) -> Ticket:
    """Riverton's, with a photo."""
    ticket = night.report()
    with night.town() as db:
        tickets.add_photo(
            db, ticket.id, picture(), audience="town", by=MAYA, at=night.clock()
        )
    return ticket


def walk(
    clerk: Clerk, night: Night, ticket: Ticket, *, slug: str = "riverton"
) -> dict[str, Response]:
    """What is answered at every address there is, with a real ticket and photo."""
    with night.town() as db:
        photo = tickets.photos(db, ticket.id)[0]
    real = {"slug": slug, "tracking": ticket.tracking, "photo_id": str(photo.id)}
    answers = {}
    for method, path in every_address():
        address = re.sub(r"\{(\w+):\w+\}", lambda found: real[found[1]], path)
        ask = clerk.look if method == "GET" else clerk.send
        answers[f"{method} {path}"] = ask(address)
    return answers


def test_the_towns_own_people_come_in_everywhere(
    priya: Clerk, tom: Clerk, night: Night, ticket: Ticket
) -> None:
    by_priya = walk(priya, night, ticket)
    by_tom = walk(tom, night, ticket)

    assert len(by_priya) > 10
    # An empty form is refused, but not because of who sent it.
    expected = {name: 422 if name.startswith("POST") else 200 for name in by_priya}
    assert {name: each.status_code for name, each in by_priya.items()} == expected
    # Whoever only works for the town judges no level anew.
    expected[LEVEL] = 403
    assert {name: each.status_code for name, each in by_tom.items()} == expected


@pytest.mark.parametrize("who", ["claire", "maya"])
def test_another_towns_manager_and_an_agent_find_nothing_anywhere(
    who: str, request: pytest.FixtureRequest, night: Night, ticket: Ticket
) -> None:
    answers = walk(request.getfixturevalue(who), night, ticket)

    found = [name for name, each in answers.items() if each.status_code != 404]
    assert found == []


def test_a_town_that_is_not_there_is_like_anothers(
    priya: Clerk, night: Night, ticket: Ticket
) -> None:
    answers = walk(priya, night, ticket, slug="nowhere")

    assert {each.status_code for each in answers.values()} == {404}


def test_who_has_not_signed_in_is_sent_to_the_door(
    stranger: Clerk, night: Night, ticket: Ticket
) -> None:
    answers = walk(stranger, night, ticket)

    elsewhere = [
        name
        for name, each in answers.items()
        if not each.headers.get("location", "").startswith("/login")
    ]
    assert elsewhere == []


def test_riverton_does_not_show_sainte_aurores_ticket_under_its_own_address(
    claire: Clerk, night: Night, ticket: Ticket
) -> None:
    there = f"/town/sainte-aurore/tickets/{ticket.tracking}"

    assert claire.look(there).status_code == 404
    assert claire.look(f"{there}/evidence.json").status_code == 404


def test_a_form_from_elsewhere_changes_nothing(
    priya: Clerk, night: Night, ticket: Ticket
) -> None:
    address = f"/town/riverton/tickets/{ticket.tracking}/notes"

    forged = priya.client.post(address, data={"body": "x", "audience": "public"})

    assert forged.status_code == 403
