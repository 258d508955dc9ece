"""A world to measure in: a database of its own, a hundred towns and eight agents."""

from __future__ import annotations

import os
from collections.abc import Generator
from contextlib import contextmanager
from dataclasses import dataclass
from itertools import islice
from uuid import UUID

import psycopg
from sqlalchemy import insert, make_url

from calls import Call
from tests.bench.stage import Stage
from tests.bench.world.towns import TOWNS, Place, hired, numbers, settle, staff
from townline import auth, migrations
from townline.clock import utc_now
from townline.db import Database, new_id
from townline.roles import APP, ENGINE, prepare
from townline.tenancy import town

CLERKS = 4


@dataclass(frozen=True, slots=True)
class World:
    """``tokens`` are the sessions of agents, all of whom serve all towns; ``clerks``
    are those of managers of the first town, which is the largest."""

    stage: Stage
    towns: tuple[Place, ...]
    tokens: tuple[str, ...]
    clerks: tuple[str, ...]

    def callers(self, number: int, *, taken_by: UUID) -> list[tuple[Place, UUID]]:
        """Calls that an agent has taken and not accounted for, one town's each."""
        made: list[tuple[Place, UUID]] = []
        for turn in range(-(-number // len(self.towns))):
            wanted = islice(numbers(self.towns), number - len(made))
            made += [
                (each, self._call(each, line, turn, taken_by)) for each, line in wanted
            ]
        return made

    def _call(self, place: Place, line: str, turn: int, taken_by: UUID) -> UUID:
        at, call_id = utc_now(), new_id()
        with town(self.stage.app, place.tenant_id) as db:
            statement = insert(Call).values(
                tenant_id=place.tenant_id,
                id=call_id,
                sid=f"CA{call_id.hex}",
                line=line,
                caller=f"+1312555{turn % 10_000:04}",
                language="en",
                provider="twilio",
                priority=3,
                arrived_at=at,
                queued_at=at,
                claimed_by=taken_by,
                claimed_by_name="Agent",
                claimed_at=at,
                connected_at=at,
                ended_at=at,
            )
            db.session.execute(statement)
        return call_id

    def agent(self, number: int) -> UUID:
        with self.stage.app.everybody() as session:
            return auth.account_of(session, f"agent-{number}@bench.example").id

    def settle_down(self) -> None:
        """After the filling: what it changed is on disk, and the planner knows it."""
        name = make_url(self.stage.app.url).database
        there = make_url(self.stage.admin).set(database=name)
        url = there.render_as_string(hide_password=False).replace("+psycopg", "")
        with psycopg.connect(url, autocommit=True) as connection:
            connection.execute("vacuum (analyze)")
            connection.execute("checkpoint")


@contextmanager
def standing(stage: Stage, *, towns: int = TOWNS) -> Generator[World]:
    urls = prepare(stage.admin, f"townline_bench_{os.getpid()}_world")
    migrations.upgrade(urls.owner)
    app, engine = Database(urls.app, role=APP), Database(urls.engine, role=ENGINE)
    settled = settle(engine, towns)
    here = Stage(stage.admin, app, engine, settled[0].tenant_id)
    try:
        clerks = hired(app, settled[0], CLERKS)
        yield World(here, settled, staff(app, settled), clerks)
    finally:
        app.dispose()
        engine.dispose()
