"""Find the few groups that are open among all that ever were."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "2026_11_22_open_fences"
down_revision = "2026_11_22_watch_pass"


def upgrade() -> None:
    op.create_index(
        "ix_fence_open",
        "fence",
        ["tenant_id", "id"],
        unique=False,
        postgresql_where=sa.text("closed_at is null"),
    )


def downgrade() -> None:
    op.drop_index(
        "ix_fence_open",
        table_name="fence",
        postgresql_where=sa.text("closed_at is null"),
    )
