"""Another version of a town's rules, for as long as a story needs it."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import ExitStack, contextmanager

import pytest
from sqlalchemy import Engine, text

import tenants
from tenants.town import Town
from tests.conftest import NIGHT
from townline.db import Database
from townline.tenancy import TenantSession

Publish = Callable[[Town], tenants.Published]


@contextmanager
def published(
    database: Database, sweeper: Engine, town: Town
) -> Iterator[tenants.Published]:
    """Published, and afterwards as if it never had been."""
    with database.everybody() as session:
        version = tenants.import_town(
            session, tenants.write(town), author="tests", reason="a story", at=NIGHT
        )
    try:
        yield version
    finally:
        with sweeper.begin() as connection:
            connection.execute(text("set local session_replication_role = replica"))
            connection.execute(
                text("delete from town_version where id = :id"),
                {"id": version.version_id},
            )


@pytest.fixture
def publish(
    engine_database: Database, sweeper: Engine, riverton: TenantSession
) -> Iterator[Publish]:
    """What the story of Riverton still holds is let go before the version is."""
    with ExitStack() as undone:
        yield lambda town: undone.enter_context(
            published(engine_database, sweeper, town)
        )
        riverton.session.rollback()
