"""Riverton's town hall in the morning: its pages, its people, and the night it had."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import datetime, timedelta
from typing import Protocol
from uuid import UUID

from httpx import Response
from litestar import Litestar
from litestar.config.csrf import CSRFConfig
from litestar.di import Provide
from litestar.exceptions import HTTPException
from litestar.middleware import DefineMiddleware
from litestar.testing import TestClient

import portal.town.web
from portal import entrance, joining, policy
from tests.accounts import quickly_opened
from tests.environment import settings
from townline import auth
from townline.clock import Clock, utc_now
from townline.db import Database
from townline.errors import Problem
from townline.proof import Actor
from townline.tenancy import town
from townline.web import Envelope, assets, person_signed_in
from townline.web.pages import templates
from townline.web.refusals import show_http_problem, show_problem

CSRF = "a secret of the tests, long enough to sign with"
MAYA = Actor("agent", "Maya Okafor")
ANA = Actor("crew", "Ana Ruiz")
PAGE = {"accept": "text/html"}

SETTINGS = replace(settings(), secure_cookies=False)


@dataclass(slots=True)
class Minutes:
    """A clock that a story moves by hand."""

    at: datetime

    def __call__(self) -> datetime:
        return self.at

    def later(self, **time: float) -> datetime:
        self.at += timedelta(**time)
        return self.at


@dataclass(frozen=True, slots=True)
class Clerk:
    """A browser in a town hall, signed in as somebody, or as nobody."""

    client: TestClient[Litestar]

    def get(self, address: str, **asked: str) -> str:
        answer = self.look(address, **asked)
        assert answer.status_code == 200, answer.text
        return answer.text

    def look(self, address: str, **asked: str) -> Response:
        return self.client.get(
            address, params=asked or None, headers=PAGE, follow_redirects=False
        )

    def send(self, address: str, **form: str) -> Response:
        return self.client.post(
            address,
            data=form,
            headers={**PAGE, "x-csrftoken": self._token()},
            follow_redirects=False,
        )

    def attach(
        self, address: str, photo: bytes | None = None, /, **form: str
    ) -> Response:
        """As a browser sends a form with a file field, chosen or not."""
        name = "" if photo is None else "camera.jpg"
        return self.client.post(
            address,
            data=form,
            files={"photo": (name, photo or b"", "image/jpeg")},
            headers={**PAGE, "x-csrftoken": self._token()},
            follow_redirects=False,
        )

    def _token(self) -> str:
        if "townline_csrf" not in self.client.cookies:
            self.client.get("/login", headers=PAGE)
        return str(self.client.cookies["townline_csrf"])


class Hire(Protocol):
    def __call__(
        self,
        name: str,
        *towns: UUID,
        role: str = "manager",
        language: str = "en",
        departments: tuple[str, ...] = (),
    ) -> Clerk: ...


def town_app(database: Database, clock: Clock) -> Litestar:
    """The face as the product assembles it."""
    return Litestar(
        [
            *portal.town.web.ROUTES,
            *entrance.ROUTES,
            *joining.ROUTES,
            assets.router(),
        ],
        dependencies={
            "database": _given(database),
            "clock": _given(clock),
            "settings": _given(SETTINGS),
            "person": Provide(person_signed_in, sync_to_thread=False),
        },
        guards=[policy.guard],
        middleware=[DefineMiddleware(Envelope, database=database, clock=clock)],
        csrf_config=CSRFConfig(CSRF, cookie_name="townline_csrf"),
        template_config=templates(assets="tests"),
        exception_handlers={Problem: show_problem, HTTPException: show_http_problem},
        openapi_config=None,
        # A bug fails its story with its own trace.
        debug=True,
    )


def sign_in(
    database: Database,
    name: str,
    *towns: UUID,
    role: str,
    language: str,
    at: datetime,
) -> str:
    """An account with a role in these towns, and the token of its new session."""
    email = f"{name.split(maxsplit=1)[0].lower()}@hall.example"
    with database.everybody() as session:
        account = quickly_opened(
            session, email, name=name, password="night-and-day", language=language
        )
    for tenant_id in towns:
        with town(database, tenant_id) as db:
            auth.grant(db, account.id, role=role, at=at)
    with database.everybody() as session:
        token = auth.log_in(
            session, email, password="night-and-day", address="", browser="", at=at
        )
    assert token is not None
    return token


def narrow(
    database: Database,
    tenant_id: UUID,
    name: str,
    *,
    role: str,
    departments: tuple[str, ...],
) -> None:
    """From now on they see the tickets of some departments only."""
    with town(database, tenant_id) as db:
        email = f"{name.split(maxsplit=1)[0].lower()}@hall.example"
        account = auth.account_of(db.session, email)
        auth.grant(db, account.id, role=role, departments=departments, at=utc_now())


def _given(value: object) -> Provide:
    return Provide(lambda: value, sync_to_thread=False)
