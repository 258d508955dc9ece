"""The desk as one web application, with an exchange that only writes down."""

from __future__ import annotations

from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from datetime import datetime
from typing import Protocol
from uuid import UUID

from litestar import Litestar
from litestar.config.csrf import CSRFConfig
from litestar.di import Provide
from litestar.exceptions import HTTPException
from litestar.middleware import DefineMiddleware
from litestar.testing import TestClient

import calls
import escalation
import surveys
import tickets
from calls import RecordingExchange
from portal import entrance, policy
from portal.desk.web import desk
from tests import environment
from tests.accounts import quickly_opened
from townline import auth
from townline.clock import Clock
from townline.db import Database
from townline.errors import Problem
from townline.live import Broadcaster
from townline.settings import Settings
from townline.tenancy import TenantSession, town
from townline.web import Envelope, assets, person_signed_in
from townline.web.pages import templates
from townline.web.refusals import show_http_problem, show_problem

CSRF = "a secret of the tests, long enough to sign with"
HELEN = "+13125550142"


@dataclass(slots=True)
class Minutes:
    """A clock that a story moves by hand."""

    at: datetime

    def __call__(self) -> datetime:
        return self.at


def desk_app(
    database: Database,
    exchange: RecordingExchange,
    clock: Clock,
    broadcaster: Broadcaster,
    *,
    atlas: Provide | None = None,
    settings: Callable[[], Settings] = environment.settings,
) -> Litestar:
    """As the product assembles it, but for the exchange: nobody's telephone rings."""
    tickets.WATCHERS[:] = [
        escalation.TicketWatcher(),
        surveys.TicketWatcher(),
        calls.TicketWatcher(),
    ]
    return Litestar(
        [desk(_given(exchange), atlas=atlas), entrance.my_colours, assets.router()],
        dependencies={
            "database": _given(database),
            "clock": _given(clock),
            # By itself it would have its own parameters asked for as dependencies.
            "settings": Provide(lambda: settings(), sync_to_thread=False),  # noqa: PLW0108
            "broadcaster": _given(broadcaster),
            "person": Provide(person_signed_in, sync_to_thread=False),
        },
        guards=[policy.guard],
        middleware=[DefineMiddleware(Envelope, database=database, clock=clock)],
        csrf_config=CSRFConfig(CSRF, cookie_name="townline_csrf"),
        template_config=templates(assets="tests"),
        exception_handlers={
            Problem: show_problem,
            HTTPException: show_http_problem,
        },
        lifespan=[lambda _: broadcaster.running()],
        openapi_config=None,
    )


def _given(value: object) -> Provide:
    return Provide(lambda: value, sync_to_thread=False)


@dataclass(frozen=True, slots=True)
class Agent:
    """Somebody at the desk: a browser that has signed in, and its one token."""

    client: TestClient[Litestar]
    exchange: RecordingExchange
    clock: Minutes
    headers: dict[str, str] = field(default_factory=dict)

    def get(self, address: str, **query: str) -> str:
        answer = self.client.get(address, params=query, headers=self.headers)
        assert answer.status_code == 200, answer.text
        return answer.text

    def send(self, address: str, **form: str) -> tuple[int, str]:
        """The status, and where to go next or else the page itself."""
        answer = self.client.post(
            address, data=form, headers=self.proof(), follow_redirects=False
        )
        return answer.status_code, answer.headers.get("location", answer.text)

    def proof(self) -> dict[str, str]:
        if "townline_csrf" not in self.client.cookies:
            self.get("/desk")
        token = str(self.client.cookies["townline_csrf"])
        return {**self.headers, "x-csrftoken": token}


class Hire(Protocol):
    def __call__(
        self, name: str, *serves: UUID, language: str = "en", role: str = "agent"
    ) -> Agent: ...


def sign_in(
    database: Database,
    name: str,
    *,
    serves: Iterable[UUID],
    at: datetime,
    language: str,
    role: str = "agent",
) -> str:
    """An account with its towns, and the token of its new session."""
    email = f"{name.split(maxsplit=1)[0].lower()}@townline.example"
    with database.everybody() as session:
        account = quickly_opened(
            session,
            email,
            name=name,
            password="night-and-day",
            language=language,
            extension="+13125559001",
        )
    for tenant_id in serves:
        with town(database, tenant_id) as db:
            auth.grant(db, account.id, role=role, at=at)
    with database.everybody() as session:
        token = auth.log_in(
            session, email, password="night-and-day", address="", browser="", at=at
        )
    assert token is not None
    return token


def ring(
    db: TenantSession,
    sid: str,
    *,
    at: datetime,
    caller: str = HELEN,
    language: str = "en",
) -> UUID:
    """A call that waits, as the exchange would have announced it."""
    line = "+13125550100" if language == "en" else "+14185550100"
    return calls.arrive(db, sid, line=line, caller=caller, language=language, at=at).id
