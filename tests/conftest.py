"""A real PostgreSQL, migrated; two towns, and Shelbyville's part is Sainte-Aurore's.

Stories commit for real. What a test wrote is gone before the next one begins.
"""

from __future__ import annotations

import os
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from threading import Event
from time import monotonic
from uuid import UUID

import pytest
from hypothesis import HealthCheck, settings
from sqlalchemy import Engine, create_engine, make_url, text
from sqlalchemy.orm import Session

import tenants
from tenants import examples
from tests import plugs
from townline import migrations
from townline.db import Database
from townline.embedded import EmbeddedPostgres
from townline.roles import APP, ENGINE, RoleUrls, prepare
from townline.tenancy import TenantSession

# A busy machine is no fault of a rule; and what is drawn before a change lands is the
# same for everybody, while at a desk each run draws anew.
settings.register_profile(
    "unhurried",
    deadline=None,
    suppress_health_check=[HealthCheck.too_slow],
    derandomize="CI" in os.environ,
)
settings.load_profile("unhurried")

ROOT = Path(__file__).parents[1]
# A Wednesday night in February: 02:12 in Riverton, 03:12 in Sainte-Aurore.
NIGHT = datetime(2026, 2, 11, 8, 12, tzinfo=UTC)
# The length of a table's file says whether anything was written to it.
WRITTEN_TO = """
select relname from pg_class
where relkind = 'r' and relnamespace = 'public'::regnamespace
and pg_relation_size(oid) > 0
"""
# Whoever is in the middle of something: a request whose answer nobody waits for.
OTHERS_AT_WORK = """
select count(*) from pg_stat_activity
where datname = current_database() and pid <> pg_backend_pid() and state <> 'idle'
and backend_type = 'client backend'
"""
ENDS_WITHIN = 5.0
# What the seed wrote once and every test may read,
SEED = frozenset({"alembic_version", "tenant", "town_version", "line"})
# and what a story added to it: a version it published, a town it brought on.
ADDED = (
    "delete from town_version where number > 1 or not tenant_id = any(:towns)",
    "delete from line where not tenant_id = any(:towns)",
    "delete from tenant where not id = any(:towns)",
)


@pytest.fixture(autouse=True)
def listeners() -> Iterator[None]:
    """Stories do not hear each other's; who wants listeners plugs them in."""
    with plugs.unplugged():
        yield


@pytest.fixture(scope="session")
def server() -> Iterator[str]:
    """The administrator's address of a PostgreSQL: DATABASE_URL, or our own."""
    if url := os.environ.get("DATABASE_URL"):
        yield url
        return
    root = Path(os.environ.get("TOWNLINE_DATA", ROOT / ".data")) / "tests"
    with EmbeddedPostgres(root, settings=FAST) as server:
        yield server.admin_url


# Nothing written by a test has to survive a power cut.
FAST = {"fsync": "off", "synchronous_commit": "off", "full_page_writes": "off"}


@pytest.fixture(scope="session")
def urls(server: str) -> Iterator[RoleUrls]:
    """A database of this process's own: two runs on one server do not meet."""
    name = f"townline_test_{os.getpid()}"
    urls = prepare(server, name)
    migrations.upgrade(urls.owner)
    yield urls
    admin = create_engine(server, isolation_level="AUTOCOMMIT")
    with admin.connect() as connection:
        connection.execute(text(f"drop database {name} with (force)"))
    admin.dispose()


@pytest.fixture(scope="session")
def database(urls: RoleUrls) -> Iterator[Database]:
    """The web's way in."""
    database = Database(urls.app, role=APP)
    yield database
    database.dispose()


@pytest.fixture(scope="session")
def engine_database(urls: RoleUrls) -> Iterator[Database]:
    """The workers' way in."""
    database = Database(urls.engine, role=ENGINE)
    yield database
    database.dispose()


@pytest.fixture(scope="session")
def sweeper(server: str, urls: RoleUrls) -> Iterator[Engine]:
    """The administrator, who is a superuser here, in this run's database."""
    here = make_url(server).set(database=make_url(urls.owner).database)
    sweeper = create_engine(here)
    yield sweeper
    sweeper.dispose()


@pytest.fixture(scope="session")
def towns(engine_database: Database, sweeper: Engine) -> dict[str, UUID]:
    """The two example towns, imported once: slug to tenant. Their logs are empty."""
    found = {}
    for name in examples.names():
        with engine_database.everybody() as session:
            published = tenants.import_town(
                session, examples.text(name), author="tests", reason="", at=NIGHT
            )
            found[published.slug] = published.tenant_id
    _empty(sweeper, found)
    return found


@pytest.fixture
def riverton(
    database: Database, towns: dict[str, UUID], clean: None
) -> Iterator[TenantSession]:
    with _open(database, towns["riverton"]) as session:
        yield TenantSession(towns["riverton"], session)


@pytest.fixture
def sainte_aurore(
    database: Database, towns: dict[str, UUID], clean: None
) -> Iterator[TenantSession]:
    with _open(database, towns["sainte-aurore"]) as session:
        yield TenantSession(towns["sainte-aurore"], session)


@pytest.fixture
def clean(sweeper: Engine, towns: dict[str, UUID]) -> Iterator[None]:
    """Empty, after the test, whatever table it wrote to."""
    yield
    _wait_for_others(sweeper)
    _empty(sweeper, towns)


def _wait_for_others(sweeper: Engine) -> None:
    """Two who take the same rows in another order would stop each other."""
    until = monotonic() + ENDS_WITHIN
    with sweeper.connect() as connection:
        while connection.scalar(text(OTHERS_AT_WORK)) and monotonic() < until:
            connection.rollback()
            Event().wait(0.005)


def _empty(sweeper: Engine, towns: dict[str, UUID]) -> None:
    """Deletes are many times as fast as truncating so many small tables."""
    with sweeper.begin() as connection:
        # Past triggers, foreign keys and row security: a broom, not a story.
        connection.execute(text("set local session_replication_role = replica"))
        written = set(connection.scalars(text(WRITTEN_TO))) - SEED
        for table in sorted(written):
            connection.execute(text(f"delete from {table}"))  # noqa: S608 - catalogue names
        for statement in ADDED:
            connection.execute(text(statement), {"towns": list(towns.values())})


def _open(database: Database, tenant_id: UUID) -> Session:
    return Session(
        database.engine, info={"tenant_id": tenant_id}, expire_on_commit=False
    )
