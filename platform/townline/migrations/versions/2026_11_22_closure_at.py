"""Find what was closed since midnight without reading a year of tickets."""

from __future__ import annotations

from alembic import op

revision = "2026_11_22_closure_at"
down_revision = "2026_11_22_version_news"


def upgrade() -> None:
    op.create_index("ix_closure_at", "closure", ["tenant_id", "at"])


def downgrade() -> None:
    op.drop_index("ix_closure_at", table_name="closure")
