"""A backup is made and restored beside the town, as the operations page has it.

With PostgreSQL's own programs. Where DATABASE_URL names another server, whoever runs
that one has programs of its release; ours may be too old for it.
"""

from __future__ import annotations

import os
import subprocess
from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest
from sqlalchemy import Engine, make_url, text

from tests.conftest import NIGHT
from townline import proof
from townline.db import Database
from townline.embedded.binaries import installed_binaries
from townline.proof import Actor, Verdict
from townline.roles import ENGINE, RoleUrls
from townline.tenancy import TenantSession, town

MAYA = Actor("agent", "Maya Okafor")
TRIED = f"townline_tried_{os.getpid()}"
UNLOCKED = """
select relname from pg_class join pg_attribute on attrelid = pg_class.oid
where attname = 'tenant_id' and relkind = 'r' and relnamespace = 'public'::regnamespace
and relname not in ('line', 'town_version')
and not (relrowsecurity and relforcerowsecurity)
"""

pytestmark = pytest.mark.skipif(
    "DATABASE_URL" in os.environ, reason="needs the programs of our own PostgreSQL"
)


@pytest.fixture
def beside(sweeper: Engine) -> Iterator[str]:
    """The superuser's address of an empty database on the same server."""
    with sweeper.connect().execution_options(isolation_level="AUTOCOMMIT") as line:
        owned = f"create database {TRIED} owner townline_owner template template0"
        line.execute(text(owned))
        yield address(str(sweeper.url.render_as_string(hide_password=False)))
        line.execute(text(f"drop database {TRIED} with (force)"))


def test_a_restored_backup_says_the_same_to_the_last_entry(
    riverton: TenantSession,
    urls: RoleUrls,
    sweeper: Engine,
    beside: str,
    tmp_path: Path,
) -> None:
    for event in ("call.arrived", "ticket.opened", "ticket.closed"):
        proof.record(riverton, event, subject=riverton.tenant_id, at=NIGHT, actor=MAYA)
    riverton.session.commit()
    dump = tmp_path / "townline.dump"
    here = sweeper.url.render_as_string(hide_password=False)

    program("pg_dump", "--format=custom", f"--file={dump}", f"--dbname={plain(here)}")
    program("pg_restore", "--exit-on-error", f"--dbname={plain(beside)}", str(dump))

    restored = Database(address(urls.engine), role=ENGINE, connections=1)
    found = verdict(restored, riverton.tenant_id)
    with restored.everybody() as session:
        unlocked = list(session.scalars(text(UNLOCKED)))
    restored.dispose()
    assert found == proof.verify(riverton)
    assert (found.entries, found.broken_at, unlocked) == (3, None, [])


def verdict(database: Database, tenant_id: UUID) -> Verdict:
    with town(database, tenant_id) as db:
        return proof.verify(db)


def address(url: str) -> str:
    moved = make_url(url).set(database=TRIED)
    return moved.render_as_string(hide_password=False)


def plain(url: str) -> str:
    """As PostgreSQL's programs read it."""
    return (
        make_url(url).set(drivername="postgresql").render_as_string(hide_password=False)
    )


def program(name: str, *words: str) -> None:
    command = [installed_binaries().program(name), *words]
    subprocess.run(command, check=True, capture_output=True)  # noqa: S603 - our own
