"""A program of the town's reads what its key opens, until the key is revoked."""

from __future__ import annotations

import re
from datetime import timedelta
from uuid import UUID, uuid4

import pytest
from httpx import Response
from litestar import Litestar
from litestar.testing import TestClient

from tests.portal.town.cast import Clerk, Hire
from tests.portal.town.nights import Night
from tickets import Ticket
from townline import auth
from townline.auth import KeyWish, MadeKey
from townline.db import Database
from townline.errors import Conflict, Invalid, NotFound
from townline.looks import IdentityLook
from townline.proof import Actor
from townline.tenancy import TenantSession, town

PRIYA = Actor("town", "Priya Nair")


@pytest.fixture
def ticket(night: Night) -> Ticket:
    return night.report()


class Program:
    """Another system, with a key and no browser."""

    def __init__(self, application: Litestar, key: str) -> None:
        self.client = TestClient(application)
        self.client.headers["authorization"] = f"Bearer {key}"

    def ask(self, address: str) -> Response:
        return self.client.get(f"/town/riverton{address}", follow_redirects=False)


def key_for(night: Night, database: Database, *scopes: str, **more: object) -> MadeKey:
    wish = KeyWish(name="Works orders", scopes=scopes, days=90, **more)  # type: ignore[arg-type]
    with town(database, night.tenant_id) as db:
        return auth.make_key(db, wish, by=PRIYA, at=night.clock())


def test_a_manager_makes_a_key_sees_it_once_and_revokes_it(
    priya: Clerk, application: Litestar, night: Night, ticket: Ticket
) -> None:
    form = {"name": "Works orders", "scopes.tickets": "on", "days": "30"}
    made = priya.send("/town/riverton/keys", **form)
    shown = re.search(r'value="(townline_[^"]+)"', made.text)
    assert shown
    program = Program(application, shown[1])

    page = program.ask("/tickets.json?state=all").json()
    one = program.ask(page["tickets"][0]["address"].removeprefix("/town/riverton"))

    assert ticket.tracking in {each["tracking"] for each in page["tickets"]}
    assert one.json()["reporters"] is None
    assert one.json()["reported_by"] >= 1
    listed = priya.get("/town/riverton/keys")
    assert shown[1] not in listed
    assert shown[1][-4:] in listed
    there = re.search(r"/keys/[0-9a-f-]+/revocation", listed)
    assert there
    assert priya.send(f"/town/riverton{there[0]}").status_code == 303
    assert program.ask("/tickets.json").status_code == 401
    assert "revoked by Priya Nair" in priya.get("/town/riverton/keys")


def test_a_key_opens_its_scopes_and_nothing_else(
    application: Litestar, night: Night, database: Database, ticket: Ticket
) -> None:
    program = Program(application, key_for(night, database, "files").token)

    assert program.ask("/tickets.csv").status_code == 200
    for address in ("/tickets.json", "/tickets", "/rules.toml", "/people", "/keys"):
        assert program.ask(address).status_code == 403
    assert program.client.get("/town/sainte-aurore/tickets.csv").status_code == 404
    assert program.client.get("/").status_code == 403


def test_who_reported_a_ticket_is_told_to_whoever_may_know_and_each_look_is_kept(
    application: Litestar, night: Night, database: Database, ticket: Ticket
) -> None:
    key = key_for(night, database, "tickets", "identity").token

    told = Program(application, key).ask(f"/tickets/{ticket.tracking}/ticket.json")

    assert told.json()["reporters"][0]["phone"]
    with town(database, night.tenant_id) as db:
        look = db.session.scalars(db.rows(IdentityLook)).one()
    assert (look.actor, look.door) == ("key Works orders", "key")
    assert look.subject_id == ticket.id


def test_a_key_of_some_departments_sees_their_tickets_only(
    application: Litestar, night: Night, database: Database, ticket: Ticket
) -> None:
    others = key_for(night, database, "tickets", departments=("elsewhere",)).token

    program = Program(application, others)

    assert program.ask("/tickets.json?state=all").json()["tickets"] == []
    address = f"/tickets/{ticket.tracking}/ticket.json"
    assert program.ask(address).status_code == 404


def test_a_key_ends_on_its_day_and_a_wrong_one_opens_nothing(
    night: Night, database: Database
) -> None:
    made = key_for(night, database, "tickets")
    end = made.row.expires_at

    assert auth.whoever_shows(database, made.token, at=end - timedelta(seconds=1))
    for token in (f"{made.token}x", "townline_nonsense_x", "Basic", ""):
        assert auth.whoever_shows(database, token, at=night.clock()) is None
    assert auth.whoever_shows(database, made.token, at=end) is None


@pytest.mark.parametrize(
    ("wish", "field"),
    [
        (KeyWish(name=" ", scopes=("tickets",), days=30), "name"),
        (KeyWish(name="x", scopes=(), days=30), "scopes"),
        (KeyWish(name="x", scopes=("everything",), days=30), "scopes"),
        (KeyWish(name="x", scopes=("tickets",), days=9999), "days"),
    ],
    ids=["nameless", "of nothing", "of everything", "for ever"],
)
def test_a_key_is_refused_for_what_it_lacks(
    riverton: TenantSession, night: Night, wish: KeyWish, field: str
) -> None:
    with pytest.raises(Invalid) as refused:
        auth.make_key(riverton, wish, by=PRIYA, at=night.clock())
    assert refused.value.field == field


def test_a_key_is_revoked_once_and_by_its_own_town(
    night: Night, database: Database, towns: dict[str, UUID]
) -> None:
    made, at = key_for(night, database, "tickets"), night.clock()

    with pytest.raises(NotFound), town(database, towns["sainte-aurore"]) as db:
        auth.revoke_key(db, made.row.id, by=PRIYA, at=at)
    with town(database, night.tenant_id) as db:
        auth.revoke_key(db, made.row.id, by=PRIYA, at=at)
    with pytest.raises(Conflict), town(database, night.tenant_id) as db:
        auth.revoke_key(db, made.row.id, by=PRIYA, at=at)


def test_only_managers_see_keys_and_what_is_refused_comes_back(
    priya: Clerk, tom: Clerk, hire: Hire, towns: dict[str, UUID]
) -> None:
    claire = hire("Claire Bouchard", towns["sainte-aurore"], language="fr")

    refused = priya.send("/town/riverton/keys", name="Nightly copy", days="30")

    assert refused.status_code == 422
    assert 'value="Nightly copy"' in refused.text
    assert tom.look("/town/riverton/keys").status_code == 403
    there = f"/town/riverton/keys/{uuid4()}/revocation"
    assert claire.send(there).status_code == 404
    assert priya.send(there).status_code == 404
