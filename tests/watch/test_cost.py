"""At scale every question goes by an index: the rows that rest are never read."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any
from uuid import UUID

import pytest
from sqlalchemy import Connection, Engine, text

from tests.watch.conftest import Watched, after
from townline import watch
from townline.entrypoints.watch import auditor, figures
from townline.watch import Check, Reading

# Years of a busy town beside the one relay that runs.
HISTORY = 20_000
SOMEBODY = "gen_random_uuid()"
# Copies of the one ticket's rows, at rest: what a scan of a whole table would meet.
PLANTED = """
insert into {table} ({columns})
select {values} from {table} cross join generate_series(1, {number}) as n
where {table}.tenant_id = :town
"""
AT_REST: dict[str, dict[str, str]] = {
    "fence": {"closed_at": "now()"},
    "run": {"state": "'closed'", "ended_at": "now()"},
    "timer": {"state": "'fired'", "run_id": SOMEBODY},
    "notification": {
        "state": "'delivered'",
        "key": f"{SOMEBODY}::text",
        "fence_id": SOMEBODY,
    },
    "attempt": {
        "notification_id": SOMEBODY,
        "token": "substr(md5(random()::text), 1, 12)",
    },
    "provider_event": {"applied_at": "now()", "dedupe_key": "n::text"},
}
SCANNED = {"Seq Scan", "Parallel Seq Scan", "Bitmap Heap Scan"}


@pytest.fixture
def years(watched: Watched, sweeper: Engine) -> Iterator[Connection]:
    """The administrator's connection, to a database full of what is over."""
    watched.claim()
    watched.breaks(
        """
        insert into provider_event (tenant_id, id, source, dedupe_key, attempt_id,
          payload, received_at, answer)
        select tenant_id, gen_random_uuid(), 'mail', 'x', id, '{}', :night, ''
        from attempt limit 1
        """
    )
    with sweeper.begin() as connection:
        connection.execute(text("set local session_replication_role = replica"))
        for table, changed in AT_REST.items():
            _plant(connection, table, changed, watched.tenant_id)
        yield connection
        connection.rollback()


def _plant(
    connection: Connection, table: str, changed: dict[str, str], town: UUID
) -> None:
    columns = connection.scalars(
        text(
            "select column_name from information_schema.columns"
            " where table_name = :it and table_schema = 'public'"
        ),
        {"it": table},
    ).all()
    rows = connection.scalar(text(f"select count(*) from {table}")) or 1  # noqa: S608
    new = {"id": SOMEBODY} | changed
    statement = PLANTED.format(
        table=table,
        columns=", ".join(columns),
        values=", ".join(new.get(each, f"{table}.{each}") for each in columns),
        number=HISTORY // rows,
    )
    connection.execute(text(statement), {"town": town})
    connection.execute(text(f"analyze {table}"))


def test_no_check_and_no_figure_reads_what_is_at_rest(years: Connection) -> None:
    asked: list[Check | Reading] = [*auditor.CHECKS, *figures.READINGS]

    scanned = {each.name: found for each in asked if (found := _scanned(years, each))}

    assert scanned == {}


def _scanned(connection: Connection, each: Check | Reading) -> list[str]:
    """The large tables that are read as a whole."""
    plan = connection.scalars(
        text(f"explain (format json) {watch.statement_of(each)}"),
        {"at": after(400), "most": watch.MOST},
    ).one()
    return [
        node["Relation Name"]
        for node in _nodes(plan[0]["Plan"])
        if node["Node Type"] in SCANNED and node.get("Relation Name") in AT_REST
    ]


def _nodes(node: dict[str, Any]) -> Iterator[dict[str, Any]]:
    yield node
    for below in node.get("Plans", ()):
        yield from _nodes(below)
