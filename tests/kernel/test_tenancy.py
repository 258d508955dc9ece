"""Every town-owned table carries its town in its keys, and PostgreSQL guards it."""

from __future__ import annotations

from uuid import UUID

import pytest
from sqlalchemy import Table, UniqueConstraint, text
from sqlalchemy.exc import ProgrammingError

from tests.conftest import NIGHT
from townline import proof
from townline.db import Database
from townline.entrypoints.tables import METADATA
from townline.errors import NotFound
from townline.proof import LogEntry
from townline.tenancy import TenantSession, board, town

# Reference tables and the operator's own: no town owns a row of these.
GLOBAL = {
    "tenant",
    "line",
    "account",
    "login_session",
    "recovery_code",
    "login_attempt",
    "watch_pass",
    "agent_state",
    "agent_spell",
    "agent_language",
    "operator_flag",
}
OWNED = [each for each in METADATA.sorted_tables if each.name not in GLOBAL]


# What the engine looks for in all towns at once, to find the few that have something.
SWEPT = {"ix_notification_due_everywhere", "ix_timer_due_everywhere"}


@pytest.mark.parametrize("table", OWNED, ids=lambda table: table.name)
def test_a_town_owned_table_carries_its_town_in_every_key(table: Table) -> None:
    assert [column.name for column in table.primary_key] == ["tenant_id", "id"]
    for constraint in table.constraints:
        if isinstance(constraint, UniqueConstraint):
            assert "tenant_id" in constraint.columns
    for index in table.indexes:
        leads = next(iter(index.columns)).name == "tenant_id"
        assert leads or index.name in SWEPT, index.name
    for key in table.foreign_key_constraints:
        owned = key.referred_table.name not in GLOBAL
        assert not owned or key.column_keys[0] == "tenant_id"
        assert key.ondelete is None
        assert key.onupdate is None


@pytest.mark.parametrize("table", OWNED, ids=lambda table: table.name)
def test_names_stay_under_what_a_distributed_database_allows(table: Table) -> None:
    constraints = [str(each.name) for each in table.constraints]
    names = [*constraints, *(str(each.name) for each in table.indexes)]

    assert [name for name in names if len(name) >= 55] == []


def test_row_security_is_forced_on_every_town_owned_table(database: Database) -> None:
    with database.everybody() as session:
        rows = session.execute(text(SECURED)).all()

    secured = {name for name, enabled, forced, policies in rows if enabled and forced}
    guarded = {name for name, *_, policies in rows if "town" in policies}
    assert {table.name for table in OWNED} <= secured & guarded


SECURED = """
select relname, relrowsecurity, relforcerowsecurity,
    array(select polname::text from pg_policy where polrelid = pg_class.oid)
from pg_class where relkind = 'r' and relnamespace = 'public'::regnamespace
"""


def test_a_forgotten_where_shows_nothing_of_another_town(
    riverton: TenantSession, sainte_aurore: TenantSession
) -> None:
    _happened(riverton)

    seen = sainte_aurore.session.execute(text("select * from log_entry")).all()

    assert [row for row in seen if row.tenant_id != sainte_aurore.tenant_id] == []


def test_no_town_named_means_no_rows(
    database: Database, riverton: TenantSession
) -> None:
    _happened(riverton)

    with database.everybody() as session:
        assert session.execute(text("select * from log_entry")).all() == []


def test_a_row_cannot_be_written_into_another_town(
    riverton: TenantSession, sainte_aurore: TenantSession
) -> None:
    statement = text("insert into town_access values (:town, :id, :id, 'agent', now())")
    foreign = {"town": sainte_aurore.tenant_id, "id": riverton.tenant_id}

    with pytest.raises(ProgrammingError, match="row-level security"):
        riverton.session.execute(statement, foreign)


def test_a_row_of_another_town_is_not_found_by_its_id(
    riverton: TenantSession, sainte_aurore: TenantSession
) -> None:
    entry = _happened(riverton)

    with pytest.raises(NotFound):
        sainte_aurore.get(LogEntry, entry.id)


def test_the_engine_reads_every_town_and_writes_one_at_a_time(
    engine_database: Database, riverton: TenantSession, towns: dict[str, UUID]
) -> None:
    _happened(riverton)

    with engine_database.everybody() as session:
        count = session.scalar(text("select count(*) from log_entry"))
    with town(engine_database, towns["riverton"]) as db:
        proof.record(db, "ticket.opened", subject=db.tenant_id, at=NIGHT)

    assert count == 1


def test_an_agents_board_reads_the_towns_served_and_changes_none(
    database: Database, riverton: TenantSession
) -> None:
    with board(database, [riverton.tenant_id]) as session:
        shown = session.scalar(text("select count(*) from call"))
        changed = session.execute(text("update call set line = 'x' returning id"))

        assert changed.all() == []
    assert shown == 0


def _happened(db: TenantSession) -> LogEntry:
    proof.record(db, "ticket.opened", subject=db.tenant_id, at=NIGHT, words="water")
    db.session.commit()
    return proof.timeline(db, db.tenant_id)[0]
