"""Priya manages Riverton, Tom works for it; Claire manages Sainte-Aurore."""

from __future__ import annotations

from collections.abc import Iterator
from uuid import UUID

import pytest
from litestar import Litestar
from litestar.testing import TestClient

from tests.conftest import NIGHT
from tests.plugs import plugged
from tests.portal.town.cast import Clerk, Hire, narrow, sign_in, town_app
from tests.portal.town.nights import Night, night_of
from townline.db import Database
from townline.web.envelope import SESSION_COOKIE


@pytest.fixture
def night(
    database: Database, engine_database: Database, towns: dict[str, UUID], clean: None
) -> Iterator[Night]:
    """Riverton's night, from 02:12 on; the pages go by its clock."""
    with plugged():
        yield night_of(database, engine_database, towns["riverton"], begins=NIGHT)


@pytest.fixture
def application(database: Database, night: Night) -> Litestar:
    return town_app(database, night.clock)


@pytest.fixture
def hire(application: Litestar, database: Database) -> Hire:
    def hire(
        name: str,
        *towns: UUID,
        role: str = "manager",
        language: str = "en",
        departments: tuple[str, ...] = (),
    ) -> Clerk:
        token = sign_in(database, name, *towns, role=role, language=language, at=NIGHT)
        for tenant_id in towns if departments else ():
            narrow(database, tenant_id, name, role=role, departments=departments)
        return Clerk(TestClient(application, cookies={SESSION_COOKIE: token}))

    return hire


@pytest.fixture
def priya(hire: Hire, towns: dict[str, UUID]) -> Clerk:
    return hire("Priya Nair", towns["riverton"])


@pytest.fixture
def tom(hire: Hire, towns: dict[str, UUID]) -> Clerk:
    return hire("Tom Hale", towns["riverton"], role="dispatcher")


@pytest.fixture
def claire(hire: Hire, towns: dict[str, UUID]) -> Clerk:
    return hire("Claire Bouchard", towns["sainte-aurore"], language="fr")


@pytest.fixture
def maya(hire: Hire, towns: dict[str, UUID]) -> Clerk:
    """An agent of the service, who answers for both towns and belongs to neither."""
    return hire("Maya Okafor", *towns.values(), role="agent")


@pytest.fixture
def stranger(application: Litestar) -> Clerk:
    return Clerk(TestClient(application))
