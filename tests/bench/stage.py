"""A migrated database with a disk that is waited for, and one example town."""

from __future__ import annotations

import os
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from tempfile import TemporaryDirectory
from uuid import UUID

import tenants
from tenants import examples
from townline import migrations
from townline.clock import utc_now
from townline.db import Database
from townline.embedded import EmbeddedPostgres
from townline.entrypoints.wiring import plug
from townline.roles import APP, ENGINE, prepare


@dataclass(frozen=True, slots=True)
class Stage:
    """``admin`` is the server's own user: the baselines have databases beside ours."""

    admin: str
    app: Database
    engine: Database
    town: UUID


@contextmanager
def stage() -> Iterator[Stage]:
    """Everything on default settings: a commit is on disk before it returns."""
    plug()
    with _administrator() as admin_url:
        urls = prepare(admin_url, f"townline_bench_{os.getpid()}")
        migrations.upgrade(urls.owner)
        app = Database(urls.app, role=APP)
        engine = Database(urls.engine, role=ENGINE)
        with engine.everybody() as session:
            published = tenants.import_town(
                session,
                examples.text("riverton"),
                author="bench",
                reason="bench",
                at=utc_now(),
            )
        yield Stage(admin_url, app, engine, published.tenant_id)
        app.dispose()
        engine.dispose()


def neighbour(stage: Stage) -> UUID:
    """Another town beside the first."""
    with stage.engine.everybody() as session:
        return tenants.import_town(
            session,
            examples.text("sainte-aurore"),
            author="bench",
            reason="bench",
            at=utc_now(),
        ).tenant_id


@contextmanager
def second(stage: Stage) -> Iterator[Database]:
    """Another migrated database on the same server, as its workers see it."""
    urls = prepare(stage.admin, f"townline_bench_{os.getpid()}_second")
    migrations.upgrade(urls.owner)
    engine = Database(urls.engine, role=ENGINE)
    yield engine
    engine.dispose()


@contextmanager
def _administrator() -> Iterator[str]:
    if given := os.environ.get("DATABASE_URL"):
        yield given
        return
    with TemporaryDirectory(prefix="townline-bench-") as folder:
        # The server's user is another one, and passes through here.
        Path(folder).chmod(0o711)
        with EmbeddedPostgres(Path(folder) / "server") as server:
            yield server.admin_url
