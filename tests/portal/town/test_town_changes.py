"""A town changes its rules: sees what differs, lets it hold, and goes back."""

from __future__ import annotations

import re
from html import unescape
from uuid import UUID

import pytest
from litestar import Litestar
from msgspec.structs import replace
from sqlalchemy import Engine

import tenants
from portal.town.changes.publishing import publish_due
from tenants import drafting, examples
from tenants.drafting import Assign, Drop
from tenants.town import Publishing
from tests.conftest import NIGHT
from tests.portal.town.cast import PAGE, Clerk, Hire
from tests.tenants.example_towns import TOWNS
from tests.tenants.published import published
from townline.db import Database
from townline.proof import Actor
from townline.tenancy import town

CHANGES = "/town/riverton/rules/changes"
VERSIONS = "/town/riverton/rules/versions"
FILE = "/town/riverton/rules/file"
TOM = Actor("town", "Tom Hale")
BLUE = Assign(field="color", value="#112233")


@pytest.fixture
def tenant_id(towns: dict[str, UUID]) -> UUID:
    return towns["riverton"]


def put(database: Database, tenant_id: UUID, change: drafting.Edit) -> None:
    with town(database, tenant_id) as db:
        drafting.edit(db, change, by=TOM, at=NIGHT)


def holding(database: Database, tenant_id: UUID) -> tenants.Rules:
    with town(database, tenant_id) as db:
        return tenants.current(db)


def test_what_is_changed_is_told_and_undone(
    priya: Clerk, database: Database, tenant_id: UUID
) -> None:
    assert "Nothing is waiting" in priya.get(CHANGES)
    put(database, tenant_id, BLUE)
    put(database, tenant_id, Drop(table="contacts", key="gus-petrakis"))

    page = priya.get(CHANGES)
    undo = re.search(rf'action="({CHANGES}/[0-9a-f-]+/undo)"', page)

    assert "<del>#0b4a8f</del> becomes <ins>#112233</ins>" in page
    assert "Gus Petrakis" in page
    assert "Forbids publishing" in page
    assert "Tom Hale" in page
    assert undo is not None
    assert priya.send(undo[1]).status_code == 303
    priya.send(f"{CHANGES}/end", revision="3")
    assert "Nothing is waiting" in priya.get(CHANGES)


def test_a_version_is_published_compared_and_returned_from(
    priya: Clerk, database: Database, tenant_id: UUID
) -> None:
    put(database, tenant_id, BLUE)

    refused = priya.send(f"{CHANGES}/publication", revision="1", reason=" ")
    answer = priya.send(f"{CHANGES}/publication", revision="1", reason="Our new blue")

    assert (refused.status_code, "Say in a few words why" in refused.text) == (
        422,
        True,
    )
    assert answer.headers["location"] == VERSIONS
    assert holding(database, tenant_id).town.color == "#112233"
    page = priya.get(VERSIONS)
    assert "Our new blue" in page
    assert "Priya Nair" in page
    assert "<del>#0b4a8f</del>" in priya.get(f"{VERSIONS}/2")
    assert "<del>#112233</del>" in priya.get(f"{VERSIONS}/1", since="2")
    priya.send(f"{VERSIONS}/1/return", reason="Too blue")
    assert holding(database, tenant_id).number == 3
    assert priya.get(f"{VERSIONS}/3/town.toml") == examples.text("riverton")


def test_a_draft_can_wait_for_its_time(
    priya: Clerk, database: Database, engine_database: Database, tenant_id: UUID
) -> None:
    put(database, tenant_id, BLUE)
    form = {"revision": "1", "reason": "Spring", "when": "later"}

    early = priya.send(f"{CHANGES}/publication", **form, day="2026-02-11", time="02:00")
    priya.send(f"{CHANGES}/publication", **form, day="2026-02-11", time="03:00")

    assert early.status_code == 422
    assert "Spring" in early.text
    assert "To be published" in priya.get(CHANGES)
    one = NIGHT.replace(hour=8, minute=59), NIGHT.replace(hour=9, minute=0)
    assert [publish_due(engine_database, at=at) for at in one] == [0, 1]
    assert holding(database, tenant_id).town.color == "#112233"


def test_a_file_shows_what_it_changes_before_it_is_the_draft(
    priya: Clerk, application: Litestar, database: Database, tenant_id: UUID
) -> None:
    put(database, tenant_id, BLUE)
    exported = priya.get("/town/riverton/rules.toml")
    edited = "# Ours.\n" + exported.replace('"desk@river', '"us@river')

    def sent(document: str, since: str) -> str:
        answer = priya.client.post(
            FILE,
            data={"exported": since},
            files={"file": ("riverton.toml", document.replace("\n", "\r\n"))},
            headers={**PAGE, "x-csrftoken": priya.client.cookies["townline_csrf"]},
        )
        return answer.text

    wrong = sent(exported.replace('monogram = "RV"', 'monogram = "RVX"'), "1")
    page = sent(edited, "1")
    body = re.search(r'name="body" value="([^"]*)"', page)
    mark = re.search(r'name="instead_of" value="(\w+)"', page)

    assert "two capital letters" in wrong
    assert "us@riverton.example" in page
    assert "#0b4a8f" not in page.split('name="body"')[0]
    assert mark is not None
    assert body is not None
    form = {"body": unescape(body[1]), "instead_of": mark[1]}
    priya.send(f"{FILE}/draft", **form)
    assert priya.get(f"{CHANGES}.toml") == edited.replace("#0b4a8f", "#112233")
    assert priya.send(f"{FILE}/draft", **form).status_code == 409


def test_another_towns_draft_and_versions_are_not_there(
    priya: Clerk, claire: Clerk, tom: Clerk, database: Database, tenant_id: UUID
) -> None:
    put(database, tenant_id, BLUE)
    with town(database, tenant_id) as db:
        draft = drafting.open_draft(db)
        assert draft is not None
        [change] = drafting.changes_of(db, draft)

    theirs = f"/town/sainte-aurore/rules/changes/{change.id}/undo"
    assert claire.look(CHANGES).status_code == 404
    assert claire.send(theirs).status_code == 404
    assert claire.look("/town/sainte-aurore/rules/versions/99").status_code == 404
    assert tom.look(CHANGES).status_code == 403
    assert tom.look(f"{VERSIONS}/1").status_code == 200


def test_a_draft_reads_in_french(
    claire: Clerk, database: Database, towns: dict[str, UUID]
) -> None:
    put(database, towns["sainte-aurore"], BLUE)

    page = claire.get("/town/sainte-aurore/rules/changes")

    assert "devient <ins>#112233</ins>" in page


def test_a_second_manager_approves_what_the_first_has_asked_for(
    priya: Clerk,
    hire: Hire,
    database: Database,
    engine_database: Database,
    sweeper: Engine,
    tenant_id: UUID,
) -> None:
    careful = replace(TOWNS["riverton"], publishing=Publishing(second_person=True))
    with published(engine_database, sweeper, careful):
        put(database, tenant_id, BLUE)
        second = hire("Walter Greene", tenant_id)

        priya.send(f"{CHANGES}/request", revision="1", reason="Our new blue")
        own = priya.send(f"{CHANGES}/approval", revision="1")
        assert (own.status_code, "You have asked for an approval" in own.text) == (
            409,
            True,
        )
        assert "Priya Nair asks for your approval: Our new blue" in second.get(CHANGES)
        second.send(f"{CHANGES}/approval", revision="1")
        assert "Approved by Walter Greene." in priya.get(CHANGES)


def test_two_that_changed_the_same_are_asked_to_decide(
    priya: Clerk, database: Database, tenant_id: UUID
) -> None:
    put(database, tenant_id, BLUE)
    with town(database, tenant_id) as db:
        grey = Assign(field="color", value="#445566")
        drafting.change_now(
            db, grey, reason="now", by=TOM, at=NIGHT, known=tenants.Knowledge()
        )

    refused = priya.send(f"{CHANGES}/publication", revision="1", reason="Spring")
    priya.send(f"{CHANGES}/clashes", **{"clash.color": "theirs"})

    assert refused.status_code == 409
    assert 'name="clash.color" value="theirs"' in refused.text
    with town(database, tenant_id) as db:
        assert drafting.editing(db).town.color == "#445566"
