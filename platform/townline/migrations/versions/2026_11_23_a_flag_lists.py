"""Let a supervisor's board list the difficult callers of all its towns at once."""

from __future__ import annotations

from alembic import op

from townline.roles import APP

revision = "2026_11_23_a_flag_lists"
down_revision = "2026_11_23_b_bulk_stops"


def upgrade() -> None:
    op.execute(
        f"create policy board_reads on caller_flag for select to {APP} using ("
        "tenant_id = any(string_to_array("
        "nullif(current_setting('townline.board', true), ''), ',')::uuid[]))"
    )


def downgrade() -> None:
    op.execute("drop policy board_reads on caller_flag")
