"""Row-level security, said the same way for every town-owned table."""

from __future__ import annotations

from alembic import op

from townline.roles import APP, ENGINE

_MINE = "tenant_id = nullif(current_setting('townline.tenant', true), '')::uuid"
_SERVED = (
    "tenant_id = any("
    "string_to_array(nullif(current_setting('townline.board', true), ''), ',')"
    "::uuid[])"
)


def protect(*tables: str, board: bool = False) -> None:
    """Each role sees the rows of the town it named; the engine may read all.

    ``board`` also lets the web read, for one transaction, the towns that the
    signed-in agent serves, as ``set_board`` names them.
    """
    for table in tables:
        op.execute(f"alter table {table} enable row level security")
        op.execute(f"alter table {table} force row level security")
        op.execute(
            f"create policy town on {table} using ({_MINE}) with check ({_MINE})"
        )
        op.execute(
            f"create policy engine_reads on {table} for select to {ENGINE} using (true)"
        )
        if board:
            op.execute(
                f"create policy board_reads on {table} for select to {APP}"
                f" using ({_SERVED})"
            )


def append_only(*tables: str) -> None:
    """Nobody changes or deletes what these hold: no right to, and a trigger too."""
    for table in tables:
        op.execute(f"revoke update, delete, truncate on {table} from {APP}, {ENGINE}")
        op.execute(
            f"create trigger append_only before update or delete on {table}"
            " for each row execute function refuse_change()"
        )
