"""Let a board read the rules of its towns in one question, instead of one each."""

from __future__ import annotations

from alembic import op

from townline.roles import APP

revision = "2026_11_22_rules_on_boards"
down_revision = "2026_11_22_desk_access"


def upgrade() -> None:
    op.execute(
        f"create policy board_reads on town_version for select to {APP} using ("
        "tenant_id = any(string_to_array("
        "nullif(current_setting('townline.board', true), ''), ',')::uuid[]))"
    )


def downgrade() -> None:
    op.execute("drop policy board_reads on town_version")
