"""What it costs to find and claim due timers, however many wait in how many towns."""

from __future__ import annotations

import sys
import time
from collections.abc import Iterator
from datetime import datetime
from statistics import median

import psycopg
from sqlalchemy import make_url

from escalation import sweep
from tests.bench.figures import Figure, at_most
from tests.bench.stage import Stage, second
from townline.clock import utc_now
from townline.db import Database
from townline.tenancy import town

FEW, MANY = (10, 10_000), (1_000, 1_000_000)
PASSES = 60
# One due timer in each of ten towns, in both; everything else waits for tomorrow.
# Foreign keys are left alone: what is claimed are timers, without the runs they move.
SEED = """
set session_replication_role = replica;
insert into timer (tenant_id, id, run_id, kind, due_at, epoch, level, state)
select md5('town ' || n %% %(towns)s)::uuid, gen_random_uuid(), gen_random_uuid(),
    'step', now() + interval '1 day' + n * interval '1 second', 1, 2, 'due'
from generate_series(1, %(waiting)s) as n;
insert into timer (tenant_id, id, run_id, kind, due_at, epoch, level, state)
select md5('town ' || n)::uuid, gen_random_uuid(), gen_random_uuid(),
    'step', now() - interval '1 minute', 1, 2, 'due'
from generate_series(0, 9) as n;
analyze timer;
"""
PLAN = """
explain (analyze, costs off, timing off, summary off)
select tenant_id, min(level) from timer where state = 'due' and due_at <= now()
group by tenant_id order by min(level), min(due_at) limit 64
"""


def figures(stage: Stage) -> Iterator[Figure]:
    with second(stage) as other:
        _fill(stage, stage.engine, FEW)
        _fill(stage, other, MANY)
        at = utc_now()
        took: dict[Database, list[float]] = {stage.engine: [], other: []}
        for _ in range(PASSES):
            for database, passes in took.items():
                passes.append(_claim_all(database, at=at))
    few, many = (median(passes[5:]) * 1000 for passes in took.values())
    yield at_most(
        "due timers found and claimed, a million waiting in a thousand towns, median",
        (many, few),
        unit="ms",
        baseline="the same with ten thousand waiting in ten towns",
        target=1.5,
    )


def _claim_all(database: Database, *, at: datetime) -> float:
    began = time.perf_counter()
    found = sweep._towns_with_work(database, at=at)
    for tenant_id in found:
        with town(database, tenant_id) as db:
            sweep._claim(db, at=at, only=None)
    assert len(found) == 10
    return time.perf_counter() - began


def _fill(stage: Stage, database: Database, size: tuple[int, int]) -> None:
    """As the server's own user, who may write without the rows referred to."""
    name = make_url(database.url).database
    url = make_url(stage.admin).set(drivername="postgresql", database=name)
    here = url.render_as_string(hide_password=False)
    towns, waiting = size
    with psycopg.connect(here, cursor_factory=psycopg.ClientCursor) as admin:
        admin.execute(SEED, {"towns": towns, "waiting": waiting})
        plan = "\n".join(line for (line,) in admin.execute(PLAN).fetchall())
    sys.stderr.write(f"{waiting} timers wait in {towns} towns:\n{plan}\n")
