"""A town's own accounts at the door, through an OpenID provider that really runs."""

from __future__ import annotations

import json
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import suppress
from socket import socket
from urllib.parse import parse_qs, urlencode, urlsplit
from uuid import UUID

import httpx
import pytest
from httpx import Response
from litestar import Litestar
from litestar.testing import TestClient
from msgspec.structs import replace
from sqlalchemy import Engine

import tenants
from tenants import examples
from tenants.town import SignIn, Town
from tests.accounts import quickly_opened
from tests.environment import settings
from tests.portal.test_account import Visitor
from tests.portal.town.cast import Minutes
from tests.tenants.published import Publish, publish, published
from townline import auth, proof
from townline.auth.single_sign_on import Provider, Trip, arrive
from townline.clock import utc_now
from townline.db import Database
from townline.entrypoints.app import create_app
from townline.tenancy import TenantSession, town

__all__ = ["publish"]

PUBLIC = "http://testserver.local"
WITH = "/login/with/riverton"
PRIYA, EVE, INES = "priya@riverton.example", "eve@riverton.example", "ines@t.example"
VERIFIED = {"email_verified": True, "name": "Priya Nair"}
USERS = (
    {"sub": "priya", "email": "Priya@riverton.example", **VERIFIED},
    {"sub": "eve", "email": EVE, **VERIFIED},
    {"sub": "ines", "email": INES, **VERIFIED},
    {"sub": "unsure", "email": PRIYA, "email_verified": False},
)


@pytest.fixture(scope="module")
def issuer() -> Iterator[str]:
    """A process of its own, as a town's is, where nobody's warnings are our errors."""
    with socket() as free:
        free.bind(("127.0.0.1", 0))
        port = free.getsockname()[1]
    users = [word for user in USERS for word in ("--user-claims", json.dumps(user))]
    command = [sys.executable, "-W", "ignore", "-m", "oidc_provider_mock"]
    provider = subprocess.Popen(  # noqa: S603 - our own command
        [*command, "--port", str(port), *users],
        stdout=subprocess.DEVNULL,
        stderr=subprocess.DEVNULL,
    )
    address = f"http://127.0.0.1:{port}"
    try:
        answers(address)
        yield address
    finally:
        provider.terminate()
        provider.wait()


def answers(address: str) -> None:
    """Wait for a process to have started, for as long as a busy machine may take."""
    for _ in range(600):
        with suppress(httpx.TransportError):
            httpx.get(f"{address}/.well-known/openid-configuration")
            return
        time.sleep(0.1)
    pytest.fail("The provider did not start.")


@pytest.fixture
def clock() -> Minutes:
    """The provider goes by the real time, and so must we."""
    return Minutes(utc_now())


@pytest.fixture
def rules(
    engine_database: Database, sweeper: Engine, towns: dict[str, UUID], issuer: str
) -> Iterator[None]:
    """Riverton's, with a provider of its own."""
    with published(engine_database, sweeper, with_sign_in(issuer)):
        yield


@pytest.fixture
def people(database: Database, towns: dict[str, UUID], clock: Minutes) -> None:
    """Priya manages Riverton and reads along elsewhere; Inès answers its calls."""
    for email, slug, role in (
        (PRIYA, "riverton", "manager"),
        (PRIYA, "sainte-aurore", "viewer"),
        (INES, "riverton", "agent"),
    ):
        with database.everybody() as session:
            account = auth.find_account(session, email) or quickly_opened(
                session, email, name="Priya Nair", password="kettle onward plaid"
            )
        with town(database, towns[slug]) as db:
            auth.grant(db, account.id, role=role, at=clock())


@pytest.fixture
def product(
    database: Database,
    engine_database: Database,
    clock: Minutes,
    rules: None,
    clean: None,
) -> Litestar:
    told = settings(
        TOWNLINE_APP_URL=database.url,
        TOWNLINE_ENGINE_URL=engine_database.url,
        TOWNLINE_PUBLIC_URL=PUBLIC,
        TOWNLINE_OIDC_SECRETS="riverton=a-secret-of-ours",
    )
    return create_app(told, database=database, engine=engine_database, clock=clock)


def with_sign_in(issuer: str) -> Town:
    riverton = tenants.read(examples.text("riverton"), source="riverton.toml")
    return replace(riverton, sign_in=SignIn(issuer=issuer, client_id="townline"))


@pytest.fixture
def browser(product: Litestar, people: None) -> Visitor:
    return Visitor(TestClient(product, base_url=PUBLIC))


def through(browser: Visitor, who: str, *, there: str = "/") -> Response:
    """To the provider, where somebody proves who they are, and back."""
    leaving = browser.look(WITH, next=there)
    assert leaving.status_code == 302, leaving.text
    proven = httpx.post(leaving.headers["location"], data={"sub": who})
    back = urlsplit(proven.headers["location"])
    return browser.look(f"{back.path}?{back.query}")


def test_a_manager_comes_in_through_the_town(
    browser: Visitor, riverton: TenantSession
) -> None:
    answer = through(browser, "priya", there="/town/riverton/tickets")

    assert answer.headers["location"] == "/town/riverton/tickets"
    assert browser.look("/town/riverton/people").status_code == 200
    account = auth.account_of(riverton.session, PRIYA)
    told = [each.event for each in proof.timeline(riverton, account.id)]
    assert told == ["access.granted", "access.signed_in"]


def test_the_towns_word_holds_for_that_town_alone(browser: Visitor) -> None:
    through(browser, "priya")

    assert browser.look("/town/riverton/tickets").status_code == 200
    assert browser.look("/town/sainte-aurore/tickets").status_code == 404


@pytest.mark.parametrize("who", ["eve", "ines"])
def test_whoever_is_not_the_towns_stays_outside(browser: Visitor, who: str) -> None:
    """Nobody invited Eve; Inès is the operator's, for whom no town speaks."""
    answer = through(browser, who)

    assert answer.status_code == 422
    assert "nobody has let you in here" in answer.text
    assert browser.look("/town/riverton/tickets").status_code == 302


def test_an_address_that_the_provider_has_not_verified_opens_nothing(
    browser: Visitor,
) -> None:
    answer = through(browser, "unsure")

    assert answer.status_code == 422
    assert "did not say who you are" in answer.text


def test_somebody_elses_answer_is_not_taken(
    browser: Visitor, product: Litestar
) -> None:
    """An answer that another browser went out for: a forged sign-in."""
    other = Visitor(TestClient(product, base_url=PUBLIC))
    leaving = other.look(WITH)
    proven = httpx.post(leaving.headers["location"], data={"sub": "priya"})
    back = urlsplit(proven.headers["location"])

    without = browser.look(f"{back.path}?{back.query}")
    browser.look(WITH)
    with_its_own = browser.look(f"{back.path}?{back.query}")

    assert (without.status_code, with_its_own.status_code) == (422, 422)


def test_a_trip_does_not_last(browser: Visitor, clock: Minutes) -> None:
    leaving = browser.look(WITH)
    proven = httpx.post(leaving.headers["location"], data={"sub": "priya"})
    back = urlsplit(proven.headers["location"])
    clock.later(minutes=11)

    assert browser.look(f"{back.path}?{back.query}").status_code == 422


def test_the_provider_is_asked_with_a_challenge_and_a_nonce(browser: Visitor) -> None:
    asked = parse_qs(urlsplit(browser.look(WITH).headers["location"]).query)

    assert asked["code_challenge_method"] == ["S256"]
    assert asked["redirect_uri"] == [f"{PUBLIC}{WITH}/back"]
    assert all(asked[name][0] for name in ("state", "nonce", "code_challenge"))


def test_an_answer_for_another_nonce_proves_nothing(issuer: str) -> None:
    provider = Provider(issuer=issuer, client_id="townline", secret="a-secret-of-ours")
    at = utc_now()
    trip = Trip(
        town="riverton",
        state="s",
        nonce="ours",
        verifier="v" * 50,
        next="/",
        began_at=at,
    )
    asked = {
        "response_type": "code", "client_id": "townline", "scope": "openid email",
        "redirect_uri": PUBLIC, "state": "s", "nonce": "theirs",
    }  # fmt: skip
    proven = httpx.post(
        f"{issuer}/oauth2/authorize?{urlencode(asked)}", data={"sub": "priya"}
    )

    with pytest.raises(auth.single_sign_on.NotProven):
        arrive(provider, trip, proven.headers["location"], back=PUBLIC, at=at)


def test_a_provider_that_is_down_is_said_to_be(
    product: Litestar, browser: Visitor, publish: Publish
) -> None:
    publish(with_sign_in("http://127.0.0.1:9"))

    answer = browser.look(WITH)

    assert answer.status_code == 422
    assert "does not answer" in answer.text


def test_a_town_without_its_own_is_said_to_have_none(browser: Visitor) -> None:
    answer = browser.look("/login/with/sainte-aurore")

    assert answer.status_code == 404
    assert "no sign-in of its own" in answer.text
    assert browser.look("/login/with/nowhere").status_code == 404


def test_whoever_types_their_town_is_sent_on(browser: Visitor) -> None:
    known = browser.look("/login/with/town", slug="Sainte Aurore")
    unknown = browser.look("/login/with/town", slug="Atlantis")

    assert known.headers["location"].startswith("/login/with/sainte-aurore?")
    assert unknown.status_code == 422
    assert "There is no such town here." in unknown.text
    assert "Passer par votre ville" in browser.get("/login", lang="fr")
