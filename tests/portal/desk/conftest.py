"""Who sits at the desk: Maya and Louis serve both towns, Tom only Riverton."""

from __future__ import annotations

from uuid import UUID

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from calls import RecordingExchange
from tests.conftest import NIGHT
from tests.portal.desk.cast import Agent, Hire, Minutes, desk_app, sign_in
from townline.db import Database
from townline.live import Broadcaster
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

    def hire(name: str, *serves: UUID, language: str = "en") -> Agent:
        token = sign_in(database, name, serves=serves, at=NIGHT, language=language)
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
