"""How a command reaches the database: as the engine, for as long as it runs."""

from __future__ import annotations

from collections.abc import Generator
from contextlib import contextmanager

import tenants
from townline.db import Database
from townline.needs import need
from townline.roles import ENGINE
from townline.tenancy import TenantSession, town


@contextmanager
def as_engine() -> Generator[Database]:
    database = Database(need("TOWNLINE_ENGINE_URL"), role=ENGINE, connections=2)
    try:
        yield database
    finally:
        database.dispose()


@contextmanager
def in_town(slug: str) -> Generator[TenantSession]:
    """One transaction in the town of this slug."""
    with as_engine() as database:
        with database.everybody() as session:
            tenant_id = tenants.by_slug(session, slug).id
        with town(database, tenant_id) as db:
            yield db
