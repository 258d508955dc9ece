"""An administrator lets the operator's people in: one letter, a role in many towns."""

from __future__ import annotations

import re
from uuid import UUID

import pytest
from litestar.testing import TestClient

from notify import Notification
from tests.portal.desk.cast import Agent, Hire, Minutes
from tests.portal.town.cast import Clerk, town_app
from townline import auth
from townline.db import Database, new_id
from townline.tenancy import TenantSession, board

HERE = "/desk/staff"
NEW = {"email": "zoe@desk.example", "name": "Zoé Roy", "role": "agent"}
BOTH = {"towns.riverton": "on", "towns.sainte-aurore": "on"}


@pytest.fixture
def ada(hire: Hire, towns: dict[str, UUID]) -> Agent:
    return hire("Ada Lane", *towns.values(), role="administrator")


def roles(database: Database, towns: dict[str, UUID], name: str) -> set[str]:
    """The towns somebody answers for, with what they are there."""
    named = {tenant_id: slug for slug, tenant_id in towns.items()}
    with board(database, towns.values()) as session:
        found = [each for each in auth.staff(session) if each.name == name]
    return {f"{role} {named[id]}" for each in found for id, role in each.roles.items()}


def test_one_letter_lets_somebody_in_everywhere(
    ada: Agent,
    database: Database,
    towns: dict[str, UUID],
    clock: Minutes,
    riverton: TenantSession,
    sainte_aurore: TenantSession,
) -> None:
    assert ada.send(f"{HERE}/invitations", **NEW, **BOTH)[0] == 303
    assert "zoe@desk.example, agent, 2 towns" in ada.get(HERE)
    [letter] = [
        each
        for db in (riverton, sainte_aurore)
        for each in db.session.scalars(db.rows(Notification))
    ]

    prefix = "RIV" if letter.tenant_id == riverton.tenant_id else "STA"
    visitor = Clerk(TestClient(town_app(database, clock)))
    link = f"/join/{prefix}/{letter.context['token']}"
    offer = visitor.get(link)
    taken = visitor.send(link, password="kettle onward plaid", name="Zoé Roy")

    assert "And into those of 1 other town." in offer
    assert taken.status_code == 302
    assert roles(database, towns, "Zoé Roy") == {
        "agent riverton",
        "agent sainte-aurore",
    }
    assert "2 towns" not in ada.get(HERE)


def test_a_role_is_changed_in_all_towns_at_once_and_ended_in_all_of_them(
    ada: Agent, maya: Agent, database: Database, towns: dict[str, UUID]
) -> None:
    page = ada.get(HERE)
    [there] = re.findall(
        r"Maya Okafor.*?(/desk/staff/[0-9a-f-]+)/role", page, re.DOTALL
    )

    ada.send(f"{there}/role", role="supervisor", **{"towns.riverton": "on"})

    assert roles(database, towns, "Maya Okafor") == {"supervisor riverton"}
    ada.send(f"{there}/end")
    assert roles(database, towns, "Maya Okafor") == set()


def test_no_town_is_left_without_an_administrator(
    ada: Agent, database: Database, towns: dict[str, UUID]
) -> None:
    page = ada.get(HERE)
    [there] = re.findall(r"Ada Lane.*?(/desk/staff/[0-9a-f-]+)/role", page, re.DOTALL)

    status, said = ada.send(f"{there}/end")

    assert status == 409
    assert "without an administrator" in said
    assert "administrator riverton" in roles(database, towns, "Ada Lane")


def test_what_is_missing_is_said_and_an_invitation_is_sent_again_or_withdrawn(
    ada: Agent, riverton: TenantSession
) -> None:
    for form, field in (
        ({**NEW, "email": "nobody"}, "email"),
        ({**NEW, "name": ""}, "name"),
        ({**NEW, "role": "manager"}, "role"),
    ):
        status, page = ada.send(f"{HERE}/invitations", **form, **BOTH)
        assert (status, f'id="why-{field}"' in page) == (422, True)
    assert 'id="why-towns"' in ada.send(f"{HERE}/invitations", **NEW)[1]
    ada.send(f"{HERE}/invitations", **NEW, **{"towns.riverton": "on"})
    [waiting] = auth.invitations(riverton)
    riverton.session.rollback()

    there = f"{HERE}/invitations/riverton/{waiting.id}"
    assert ada.send(f"{there}/again")[0] == 303
    assert ada.send(f"{there}/withdraw")[0] == 303

    assert auth.invitations(riverton) == []


def test_another_operators_towns_and_people_are_not_there(
    hire: Hire, maya: Agent, towns: dict[str, UUID]
) -> None:
    olga = hire("Olga Birk", towns["sainte-aurore"], role="administrator")
    tom = hire("Tom Hale", towns["riverton"])

    assert "Tom Hale" not in olga.get(HERE)
    assert olga.send(f"{HERE}/{new_id()}/end")[0] == 404
    assert olga.send(f"{HERE}/invitations", **NEW, **BOTH)[0] == 404
    there = f"{HERE}/invitations/riverton/{new_id()}"
    assert olga.send(f"{there}/again")[0] == 404
    assert olga.send(f"{there}/withdraw")[0] == 404
    assert tom.client.get(HERE).status_code == 403
