"""Who sits at the desk: Maya and Louis serve both towns, Tom only Riverton."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import timedelta
from uuid import UUID

import pytest
from litestar import Litestar
from litestar.testing import TestClient
from sqlalchemy import Engine

import escalation
import notify
import tickets
from calls import RecordingExchange
from tests.conftest import NIGHT
from tests.portal.desk.cast import HELEN, Agent, Hire, Minutes, desk_app, sign_in
from tests.tenants.by_hand import ringing_by_hand
from tickets import Caller, Intake
from townline.db import Database, new_id
from townline.live import Broadcaster
from townline.proof import Actor
from townline.tenancy import TenantSession
from townline.web.envelope import SESSION_COOKIE


@pytest.fixture
def exchange() -> RecordingExchange:
    return RecordingExchange()


@pytest.fixture
def clock() -> Minutes:
    return Minutes(NIGHT)


@pytest.fixture
def application(
    database: Database, exchange: RecordingExchange, clock: Minutes, clean: None
) -> Litestar:
    return desk_app(database, exchange, clock, Broadcaster(database.url))


@pytest.fixture
def hire(
    application: Litestar,
    database: Database,
    exchange: RecordingExchange,
    clock: Minutes,
) -> Hire:
    """Somebody new at the desk, who serves these towns."""

    def hire(
        name: str, *serves: UUID, language: str = "en", role: str = "agent"
    ) -> Agent:
        token = sign_in(
            database, name, serves=serves, at=NIGHT, language=language, role=role
        )
        client = TestClient(application, cookies={SESSION_COOKIE: token})
        return Agent(client, exchange, clock)

    return hire


@pytest.fixture
def maya(hire: Hire, towns: dict[str, UUID]) -> Agent:
    return hire("Maya Okafor", *towns.values())


@pytest.fixture
def louis(hire: Hire, towns: dict[str, UUID]) -> Agent:
    return hire("Louis Tremblay", *towns.values(), language="fr")


@pytest.fixture
def tom(hire: Hire, towns: dict[str, UUID]) -> Agent:
    return hire("Tom Hale", towns["riverton"])


@pytest.fixture
def nobody(hire: Hire) -> Agent:
    return hire("Nemo Noone")


@pytest.fixture
def reported(riverton: TenantSession, application: Litestar) -> UUID:
    """Helen's first report of the main at Elm and 4th, an hour ago; nobody has it."""
    intake = Intake(
        client_key=new_id(),
        category="water-main-break",
        channel="phone",
        caller=Caller(name="Helen Marsh", phone=HELEN),
        place="Elm St and 4th Ave",
        answers={"flow": "stream", "cars": "no"},
    )
    an_hour_ago = NIGHT - timedelta(hours=1)
    ticket = tickets.open(
        riverton, intake, at=an_hour_ago, by=Actor("agent", "Louis Tremblay")
    )
    riverton.session.commit()
    return ticket.id


@pytest.fixture
def aurores(sainte_aurore: TenantSession, application: Litestar) -> UUID:
    """A report of Sainte-Aurore, which is none of Riverton's business."""
    intake = Intake(
        client_key=new_id(),
        category="eau-coloree",
        channel="phone",
        caller=Caller(phone="+14185550137", language="fr"),
        place="14, rue des Pins",
    )
    ticket = tickets.open(
        sainte_aurore, intake, at=NIGHT, by=Actor("agent", "Louis Tremblay")
    )
    sainte_aurore.session.commit()
    return ticket.id


@pytest.fixture
def by_hand(
    engine_database: Database, sweeper: Engine, towns: dict[str, UUID], clean: None
) -> Iterator[None]:
    with ringing_by_hand(engine_database, sweeper, "riverton"):
        yield


@pytest.fixture
def task(riverton: TenantSession, maya: Agent, by_hand: None) -> str:
    """Dan Ortiz has the week, and is to be rung about a main break."""
    notify.LISTENERS["relay"] = escalation.RelayListener()
    intake = Intake(
        client_key=new_id(),
        category="water-main-break",
        channel="phone",
        caller=Caller(name="Helen Marsh", phone=HELEN),
        place="Elm St and 4th Ave",
        answers={"flow": "stream", "cars": "no"},
    )
    ticket = tickets.open(riverton, intake, at=NIGHT, by=Actor("agent", "Louis"))
    riverton.session.commit()
    [asked] = notify.dial_tasks(riverton, ticket.id)
    riverton.session.commit()
    return f"/desk/dials/riverton/{asked.id}"
