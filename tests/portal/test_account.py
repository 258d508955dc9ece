"""Signing in at the whole product's door, and looking after one's own account."""

from __future__ import annotations

import re
from datetime import datetime, timedelta
from uuid import UUID

import pyotp
import pytest
from httpx import Response
from litestar import Litestar
from litestar.testing import TestClient

from portal.account import called
from tests.accounts import quickly_opened
from tests.conftest import NIGHT
from tests.environment import settings
from tests.portal.town.cast import Clerk, Minutes
from townline import auth
from townline.db import Database
from townline.entrypoints.app import create_app
from townline.tenancy import town

WORDS = "kettle onward plaid"
INES = "ines@townline.example"
PRIYA = "priya@riverton.example"


class Visitor(Clerk):
    """A browser with the CSRF cookie of the whole product."""

    def _token(self) -> str:
        if (known := self._known_token()) is None:
            self.client.get("/login", headers={"accept": "text/html"})
            known = self._known_token()
        assert known, "a page gives the cookie that its forms prove themselves by"
        return known

    def _known_token(self) -> str | None:
        cookies = self.client.cookies.items()
        known = (it for name, it in cookies if name.startswith("townline_csrf"))
        return next(known, None)

    def sign_in(self, email: str, password: str = WORDS, **more: str) -> Response:
        return self.send("/login", email=email, password=password, **more)


@pytest.fixture
def clock() -> Minutes:
    return Minutes(NIGHT)


@pytest.fixture
def product(
    database: Database, engine_database: Database, clock: Minutes, clean: None
) -> Litestar:
    told = settings(
        TOWNLINE_APP_URL=database.url,
        TOWNLINE_ENGINE_URL=engine_database.url,
        TOWNLINE_PUBLIC_URL="http://testserver.local",
        TOWNLINE_SECOND_FACTOR="required",
    )
    return create_app(told, database=database, engine=engine_database, clock=clock)


@pytest.fixture
def browser(product: Litestar) -> Visitor:
    return Visitor(TestClient(product))


@pytest.fixture
def people(database: Database, towns: dict[str, UUID]) -> None:
    """Inès supervises the desk for Riverton; Priya manages the town."""
    for email, role in ((INES, "supervisor"), (PRIYA, "manager")):
        with database.everybody() as session:
            account = quickly_opened(session, email, name=email, password=WORDS)
        with town(database, towns["riverton"]) as db:
            auth.grant(db, account.id, role=role, at=NIGHT)


def enrol(browser: Visitor, at: datetime) -> pyotp.TOTP:
    page = browser.get("/login/enrol")
    found = re.search(r'class="mono">([A-Z2-7]{32})<', page)
    assert found
    totp = pyotp.TOTP(found[1])
    answer = browser.send("/login/enrol", code=totp.at(at), next="/desk")
    assert answer.status_code == 200, answer.text
    return totp


def test_the_operators_people_set_up_a_second_factor_before_they_see_a_caller(
    browser: Visitor, people: None, clock: Minutes
) -> None:
    answer = browser.sign_in(INES, next="/desk")

    assert answer.headers["location"] == "/login/enrol?next=%2Fdesk"
    assert browser.look("/desk").status_code == 302
    enrol(browser, clock.at)
    assert browser.look("/desk").status_code == 200


def test_the_next_sign_in_asks_for_a_code(
    browser: Visitor, people: None, clock: Minutes
) -> None:
    browser.sign_in(INES)
    totp = enrol(browser, clock.at)
    browser.send("/logout")
    later = clock.later(minutes=5)

    asked = browser.sign_in(INES, next="/desk")
    wrong = browser.send("/login/code", code="000000", next="/desk")
    still = browser.look("/desk")
    right = browser.send("/login/code", code=totp.at(later), next="/desk")

    assert asked.headers["location"] == "/login/code?next=%2Fdesk"
    assert wrong.status_code == 422
    assert "Wait for the next one." in wrong.text
    assert still.headers["location"].startswith("/login")
    assert right.headers["location"] == "/desk"
    assert browser.look("/desk").status_code == 200


def test_with_the_password_alone_nobody_sets_up_a_second_telephone(
    browser: Visitor, people: None, clock: Minutes
) -> None:
    browser.sign_in(INES)
    enrol(browser, clock.at)
    browser.send("/logout")

    browser.sign_in(INES)

    assert browser.look("/login/enrol").headers["location"].startswith("/login")


def test_nobody_is_sent_to_another_site(
    browser: Visitor, people: None, clock: Minutes
) -> None:
    browser.sign_in(PRIYA, next="https://evil.example/")

    page = browser.look("/login/code", next="//evil.example/")

    assert page.headers["location"].startswith("/login")


def test_a_manager_changes_the_password_and_other_browsers_are_signed_out(
    product: Litestar, browser: Visitor, people: None
) -> None:
    other = Visitor(TestClient(product))
    for each in (browser, other):
        each.sign_in(PRIYA)

    weak = browser.send("/account/password", old=WORDS, password="password1")
    wrong = browser.send(
        "/account/password", old="no", password="a quilted llama sings"
    )
    done = browser.send(
        "/account/password", old=WORDS, password="a quilted llama sings"
    )

    assert (weak.status_code, wrong.status_code) == (422, 422)
    assert "quickly guessed" in weak.text
    assert "not your present password" in wrong.text
    assert "Other browsers are signed out." in done.text
    assert browser.look("/account/").status_code == 200
    assert other.look("/account/").status_code == 302
    assert other.sign_in(PRIYA, "a quilted llama sings").status_code == 302


def test_a_manager_may_turn_it_on_and_off_again(
    browser: Visitor, people: None, clock: Minutes
) -> None:
    browser.sign_in(PRIYA)
    page = browser.get("/account/second-factor")
    secret = re.findall(r'class="mono">([A-Z2-7]{32})<', page)[0]

    wrong = browser.send("/account/second-factor", code="000000")
    codes = browser.send("/account/second-factor", code=pyotp.TOTP(secret).at(clock.at))
    off = browser.send("/account/second-factor/off", password=WORDS)

    assert wrong.status_code == 422
    assert len(re.findall(r"<li>[a-z2-9]{5}-[a-z2-9]{5}</li>", codes.text)) == 10
    assert "The second factor is off." in off.text


def test_the_operators_people_never_turn_it_off(
    browser: Visitor, people: None, clock: Minutes
) -> None:
    browser.sign_in(INES)
    enrol(browser, clock.at)

    answer = browser.send("/account/second-factor/off", password=WORDS)

    assert answer.status_code == 403
    assert "always have one" in browser.get("/account/")


def test_one_sees_ones_browsers_and_ends_one(
    product: Litestar, browser: Visitor, people: None
) -> None:
    other = Visitor(TestClient(product))
    for each in (browser, other):
        each.sign_in(PRIYA)
    there = re.findall(
        r"/account/browsers/([0-9a-f-]{36})/end", browser.get("/account/")
    )

    answer = browser.send(f"/account/browsers/{there[0]}/end")

    assert len(there) == 1
    assert answer.headers["location"] == "/account"
    assert other.look("/account/").status_code == 302
    assert browser.look("/account/").status_code == 200


def test_anothers_browser_is_not_ones_own_to_end(
    product: Litestar, browser: Visitor, people: None, clock: Minutes
) -> None:
    ines = Visitor(TestClient(product))
    ines.sign_in(INES)
    enrol(ines, clock.at)
    second = Visitor(TestClient(product))
    second.sign_in(PRIYA)
    third = Visitor(TestClient(product))
    third.sign_in(PRIYA)
    theirs = re.findall(
        r"/account/browsers/([0-9a-f-]{36})/end", second.get("/account/")
    )

    ines.send(f"/account/browsers/{theirs[0]}/end")

    assert third.look("/account/").status_code == 200


def test_everywhere_else_at_once(product: Litestar, people: None) -> None:
    browsers = [Visitor(TestClient(product)) for _ in range(3)]
    for each in browsers:
        each.sign_in(PRIYA)

    browsers[0].send("/account/browsers/end-others")

    assert [each.look("/account/").status_code for each in browsers] == [200, 302, 302]


@pytest.mark.parametrize(
    ("agent", "name"),
    [
        pytest.param(
            "Mozilla/5.0 (X11; Linux x86_64) AppleWebKit/537.36 (KHTML, like Gecko)"
            " Chrome/130.0 Safari/537.36 Edg/130.0",
            "Edge, Linux",
            id="who calls itself everybody",
        ),
        pytest.param(
            "Mozilla/5.0 (iPhone; CPU iPhone OS 18_0 like Mac OS X) Safari/604.1",
            "Safari, iPhone",
            id="a phone",
        ),
        pytest.param("curl/8.5", "", id="no browser that we know"),
    ],
)
def test_a_browser_is_called_as_people_call_it(agent: str, name: str) -> None:
    assert called(agent) == name


def test_it_speaks_french(browser: Visitor, people: None, clock: Minutes) -> None:
    browser.sign_in(INES)

    assert "Installez votre second facteur" in browser.get("/login/enrol", lang="fr")
    enrol(browser, clock.later(minutes=1))
    assert "Où vous avez une session ouverte" in browser.get("/account/")


def test_a_session_half_way_ends_by_itself(
    browser: Visitor, people: None, clock: Minutes
) -> None:
    browser.sign_in(INES)
    clock.later(minutes=20)

    assert browser.look("/login/enrol").headers["location"].startswith("/login")
    assert clock.at - NIGHT == timedelta(minutes=20)
