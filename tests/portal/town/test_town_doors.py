"""Who may come in: the town's own people, at every address, and nobody else."""

from __future__ import annotations

import re
from collections.abc import Iterator

import pytest
from httpx import Response
from litestar.router import Router

import portal.town.web
import tickets
from portal import policy
from portal.town.hall import HERE
from tests.portal.phones import picture
from tests.portal.town.cast import MAYA, Clerk, Hire
from tests.portal.town.nights import Night
from tickets import Ticket
from townline.auth import TOWN

TYPED = re.compile(r"\{(\w+):\w+\}")
# Let in, one may find that there is no draft, or that what is asked is done already.
FINE = {200, 303, 403, 404, 409, 422}
# Their forms have a field for a file, chosen or not.
WITH_A_FILE = ("/closure", "/photos")


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
    """What is answered wherever there is something real to ask for.

    With made-up ids every address of the product is tried in ``test_policy``.
    """
    with night.town() as db:
        photo = tickets.photos(db, ticket.id)[0]
    real = {
        "slug": slug,
        "tracking": ticket.tracking,
        "photo_id": str(photo.id),
        "category": "water-main-break",
        "article": "shut-off-water",
        "instruction": "salt-trucks",
        "policy": "water-night",
        **night.there(),
    }
    answers = {}
    for method, path in every_address():
        if not {*TYPED.findall(path)} <= {*real}:
            continue
        address = TYPED.sub(lambda found: real[found[1]], path)
        send = clerk.attach if path.endswith(WITH_A_FILE) else clerk.send
        ask = clerk.look if method == "GET" else send
        answers[f"{method} {path}"] = ask(address)
    return answers


@pytest.mark.parametrize("role", sorted(TOWN))
def test_each_role_is_let_in_where_the_table_says(
    role: str, hire: Hire, night: Night, ticket: Ticket
) -> None:
    clerk = hire("Nora Wells", night.tenant_id, role=role)

    answers = walk(clerk, night, ticket)

    assert len(answers) > 15
    refused = {name for name, each in answers.items() if each.status_code == 403}
    assert refused == {name for name in answers if not allowed(role, name)}
    # Let in, a form that is empty is refused for what it lacks, and nothing fails.
    found = {name: each.status_code for name, each in answers.items()}
    assert {name: code for name, code in found.items() if code not in FINE} == {}


def allowed(role: str, name: str) -> bool:
    method, _, path = name.partition(" ")
    return policy.may(frozenset({role}), method, below(path))


def below(path: str) -> str:
    """As a request names the route it came by: without the types."""
    return TYPED.sub(r"{\1}", path).removeprefix(HERE)


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
