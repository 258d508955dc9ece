"""Every address × every role × one's own town and another: as the table says.

The addresses come from the product itself, so that a new one without a line in the
table fails here, before anybody finds it.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from uuid import UUID

import pytest
from litestar import Litestar
from litestar.routes import HTTPRoute
from litestar.testing import TestClient

from portal import policy
from portal.policy import table
from tests.environment import settings
from tests.portal.test_account import Visitor
from tests.portal.town.cast import Minutes, sign_in
from townline import auth
from townline.auth import DESK, SCOPES, TOWN, KeyWish
from townline.auth.rules import scoped
from townline.clock import utc_now
from townline.db import Database, new_id
from townline.entrypoints.app import create_app
from townline.errors import Forbidden
from townline.proof import Actor
from townline.tenancy import town
from townline.web.envelope import SESSION_COOKIE

TYPED = re.compile(r":\w+\}")
PLACE = re.compile(r"\{(\w+)\}")
# A key is a role for each thing it may open.
KEYS = sorted(scoped(SCOPES))
ROLES = sorted(DESK | TOWN) + KEYS
EVERY_SCOPE = "key:"
# Whoever reads may ask for a swap of their own shifts, and a made-up one is nobody's.
THEIR_OWN = {"POST /town/{slug}/rules/rosters/{key}/swaps"}
# A stream never ends; whoever is let in would be waited for for ever.
ENDLESS = {"GET /desk/stream"}
# After these nobody is who they were.
ENDING = {"POST /logout", "POST /account/browsers/end-others"}


@pytest.fixture(scope="module")
def product(database: Database, engine_database: Database) -> Litestar:
    told = settings(
        TOWNLINE_APP_URL=database.url,
        TOWNLINE_ENGINE_URL=engine_database.url,
        TOWNLINE_PUBLIC_URL="http://testserver.local",
    )
    clock = Minutes(utc_now())
    return create_app(told, database=database, engine=engine_database, clock=clock)


def addresses(product: Litestar) -> Iterator[str]:
    for route in product.routes:
        if isinstance(route, HTTPRoute) and not route.path.startswith(table.OPEN):
            for method in sorted(route.methods - {"HEAD", "OPTIONS"}):
                yield f"{method} {TYPED.sub('}', route.path)}"


def test_every_address_has_its_line_and_every_line_an_address(
    product: Litestar,
) -> None:
    there = set(addresses(product))

    assert there - set(policy.RULES) == set()
    assert set(policy.RULES) - there == set()


def test_an_address_that_is_in_no_line_is_nobodys() -> None:
    with pytest.raises(Forbidden):
        policy.rule_of("GET", "/new")


@pytest.mark.parametrize("role", [*ROLES, ""])
def test_each_role_comes_in_where_the_table_says_and_nowhere_else(
    role: str,
    product: Litestar,
    database: Database,
    towns: dict[str, UUID],
    clean: None,
) -> None:
    """Nobody at all is the role without a name."""
    visitor = visiting(product, database, towns, role)

    wrong = {
        address: found
        for address in tried(product)
        # No key opens anything outside of its town: one of them shows it for all.
        if policy.TOWNS in address or role not in KEYS[1:]
        if (found := answer(visitor, address, "riverton"))
        not in expected(role, address)
    }

    assert wrong == {}


@pytest.mark.parametrize("role", [*sorted(DESK | TOWN), EVERY_SCOPE])
def test_another_town_is_like_one_that_is_nowhere(
    role: str,
    product: Litestar,
    database: Database,
    towns: dict[str, UUID],
    clean: None,
) -> None:
    visitor = visiting(product, database, towns, role)

    seen = {
        address: found
        for address in tried(product)
        if "{slug}" in address and "/login/" not in address and "/hooks/" not in address
        if (found := answer(visitor, address, "sainte-aurore"))
        not in {"refused", "nothing", "incomplete"}
        or found != answer(visitor, address, "nowhere")
    }

    assert seen == {}


def tried(product: Litestar) -> list[str]:
    return [each for each in addresses(product) if each not in ENDLESS | ENDING]


def visiting(
    product: Litestar, database: Database, towns: dict[str, UUID], role: str
) -> Visitor:
    if not role:
        return Visitor(TestClient(product))
    if role.startswith(EVERY_SCOPE):
        return program(product, database, towns["riverton"], role.partition(":")[2])
    token = sign_in(
        database, "Nora", towns["riverton"], role=role, language="en", at=utc_now()
    )
    return Visitor(TestClient(product, cookies={SESSION_COOKIE: token}))


def program(product: Litestar, database: Database, home: UUID, scope: str) -> Visitor:
    """With a key that opens one thing in Riverton, or everything a key may."""
    wish = KeyWish(name="Nora's", scopes=(scope,) if scope else SCOPES, days=30)
    with town(database, home) as db:
        made = auth.make_key(db, wish, by=Actor("town", "Nora"), at=utc_now())
    visitor = Visitor(TestClient(product))
    visitor.get("/login")
    visitor.client.headers["authorization"] = f"Bearer {made.token}"
    return visitor


def expected(role: str, address: str) -> set[str]:
    """With made-up ids, whoever is let in may find that there is nothing."""
    rule = policy.RULES[address]
    let_in = {"open", "nothing", "incomplete"}
    if rule is policy.ANYBODY:
        # A secret that is made up opens nothing, whatever is said of it.
        return {*let_in, "refused", "door"}
    if not role:
        return {"door"}
    if address in THEIR_OWN and role in TOWN:
        return {*let_in, "refused"}
    if (rule and role in rule) or (not rule and role not in KEYS):
        return let_in
    # Whoever belongs to no town finds none; its own people are told no.
    return {"nothing"} if policy.TOWNS in address and role in DESK else {"refused"}


def answer(visitor: Visitor, address: str, slug: str) -> str:
    method, _, path = address.partition(" ")
    there = PLACE.sub(lambda found: value(found[1], slug), path)
    response = (visitor.look if method == "GET" else visitor.send)(there)
    code = response.status_code
    assert code < 500, f"{address}: {response.text[:2000]}"
    if code == 302 and response.headers["location"].startswith("/login?"):
        return "door"
    # Read before anything is looked up, an empty form tells nothing of what is there.
    known = {400: "incomplete", 403: "refused", 404: "nothing", 422: "incomplete"}
    return known.get(code, "open")


def value(place: str, slug: str) -> str:
    known = {
        "slug": slug,
        "prefix": "RIV",
        "tracking": "RIV-482-731-7",
        "number": "1",
    }
    return known.get(place, str(new_id()))
