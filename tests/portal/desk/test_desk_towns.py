"""An administrator brings a town on: five steps, a green linter, a first night."""

from __future__ import annotations

import re
from collections.abc import Iterator
from html import unescape
from uuid import UUID

import pytest
from sqlalchemy import Engine, text

import tenants
from notify import Notification
from tests.portal.desk.cast import Agent, Hire
from townline import auth
from townline.db import Database
from townline.tenancy import TenantSession, town

NEW = "/desk/towns/new"
TOWN = {
    "languages": "fr-en",
    "name_en": "Town of Maple Falls",
    "name_fr": "Ville de Val-des-Pins",
    "email": "desk@maplefalls.example",
    "color": "#2f6b4f",
    "time_zone": "America/Toronto",
    "holidays": "CA-QC",
    "centre": "46.8139, -71.2080",
    "reach": "8",
}
HOURS = {"line": "418 555-0170", "days.mon": "on", "opens": "08:30", "closes": "16:30"}
PEOPLE = {
    "name_1": "Ana Ruiz",
    "mobile_1": "418 555-0181",
    "name_2": "Dan Ortiz",
    "mobile_2": "418 555-0182",
    "handover": "mon",
    "handover_at": "08:00",
    "duty_name": "Caserne",
    "duty_phone": "418 555-0199",
    "manager_name": "Claire Roy",
    "manager_email": "claire@maplefalls.example",
}
HIDDEN = re.compile(r'<input type="hidden" name="([^"]+)" value="([^"]*)">')
TICKED = re.compile(r'name="(categories\.[^"]+)" checked')


@pytest.fixture
def ada(hire: Hire, towns: dict[str, UUID]) -> Agent:
    return hire("Ada Lane", *towns.values(), role="administrator")


@pytest.fixture
def swept(sweeper: Engine) -> Iterator[None]:
    """The examples stay from test to test; what is brought on here does not."""
    yield
    with sweeper.begin() as connection:
        connection.execute(text("set local session_replication_role = replica"))
        mine = "(select id from tenant where slug = 'val-des-pins')"
        for table in ("line", "town_version"):
            connection.execute(text(f"delete from {table} where tenant_id in {mine}"))  # noqa: S608 - our own names
        connection.execute(text(f"delete from tenant where id in {mine}"))  # noqa: S608


def carried(page: str) -> dict[str, str]:
    return {name: unescape(value) for name, value in HIDDEN.findall(page)}


def step(agent: Agent, page: str, **typed: str) -> str:
    """The answer to the button of a page: what it carried, what it shows, and this."""
    ticked = dict.fromkeys(TICKED.findall(page), "on")
    status, answer = agent.send(NEW, **(carried(page) | ticked | typed))
    assert status in (200, 303), answer
    return answer


def test_five_steps_and_the_town_is_on_with_a_green_linter_and_a_first_night(
    ada: Agent, database: Database, maya: Agent, swept: None
) -> None:
    hours = step(ada, ada.get(NEW), **TOWN)
    categories = step(ada, hours, **HOURS)
    people = step(ada, categories)
    check = step(ada, people, **PEOPLE)

    assert "The rules are green." in check
    assert "and nobody answers" in check
    assert "Ana Ruiz" in check
    there = step(ada, check, open="yes", everybody="on")

    assert there == "/desk/towns/val-des-pins/start"
    page = ada.get(there)
    assert "Town of Maple Falls is on" in page
    assert "Claire Roy" in page
    assert "The rules are green." in page
    home = tenants.id_of(database, "val-des-pins")
    assert home
    with town(database, home) as db:
        staff = {each.name: each.role for each in auth.people(db, roles=auth.DESK)}
        [letter] = db.session.scalars(db.rows(Notification))
        held = tenants.current(db).town
    assert staff == {"Ada Lane": "administrator", "Maya Okafor": "agent"}
    assert (letter.template, letter.destination) == (
        "invitation",
        PEOPLE["manager_email"],
    )
    assert held.languages == ("fr", "en")
    assert held.lines[0].number == "+14185550170"


def test_what_is_missing_is_said_at_its_field_and_nothing_typed_is_lost(
    ada: Agent,
) -> None:
    page = ada.get(NEW)
    form = carried(page) | TOWN | {"email": "nowhere", "centre": "?", "prefix": "RIV"}

    status, again = ada.send(NEW, **form)

    assert status == 422
    assert 'value="Town of Maple Falls"' in again
    for field in ("email", "centre", "prefix"):
        assert f'id="why-{field}"' in again
    assert "Another town" in again
    there = carried(step(ada, page, **TOWN)) | {"line": "+13125550100"}
    assert "belongs to another town" in ada.send(NEW, **there)[1]


def test_back_is_where_one_was_with_everything_as_it_was(ada: Agent) -> None:
    hours = step(ada, ada.get(NEW), **TOWN)

    back = step(ada, hours, back="town", opens="09:15")

    assert 'value="Ville de Val-des-Pins"' in back
    assert carried(back)["opens"] == "09:15"


def test_a_step_that_was_skipped_is_come_back_to(ada: Agent) -> None:
    form = {**TOWN, **HOURS, **PEOPLE, "step": "check", "open": "yes"}

    status, page = ada.send(NEW, **form)

    assert status == 422
    assert 'id="why-categories"' in page


def test_one_tries_ones_own_telephone_over_the_towns_line(
    ada: Agent, riverton: TenantSession
) -> None:
    here = "/desk/towns/riverton/start"

    status, there = ada.send(f"{here}/drill", phone="(312) 555-0177", how="voice")
    page = ada.client.get(there.partition("#")[0]).text
    refused = ada.send(f"{here}/drill", phone="12")

    assert status == 303
    assert "The test for" in page
    [sent] = riverton.session.scalars(riverton.rows(Notification))
    assert (sent.channel, sent.destination, sent.lane) == ("voice", "+13125550177", 1)
    assert refused[0] == 422
    assert 'value="12"' in refused[1]


def test_only_an_administrator_of_the_very_town_sees_how_it_was_brought_on(
    hire: Hire, towns: dict[str, UUID]
) -> None:
    olga = hire("Olga Birk", towns["sainte-aurore"], role="administrator")
    louis = hire("Louis Tremblay", towns["riverton"])

    for agent in (olga, louis):
        here = "/desk/towns/riverton/start"
        assert agent.client.get(here).status_code in (403, 404)
        assert agent.send(f"{here}/drill", phone="(312) 555-0177")[0] in (403, 404)
    assert louis.client.get(NEW).status_code == 403
