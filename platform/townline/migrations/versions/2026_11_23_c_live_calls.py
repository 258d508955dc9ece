"""Find an agent's live calls, of whichever towns, without reading the day's others."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "2026_11_23_c_live_calls"
down_revision = "2026_11_23_a_flag_lists"


def upgrade() -> None:
    op.create_index(
        "ix_call_live",
        "call",
        ["tenant_id", "claimed_by"],
        postgresql_where=sa.text("connected_at is not null and ended_at is null"),
    )


def downgrade() -> None:
    op.drop_index("ix_call_live", table_name="call")
