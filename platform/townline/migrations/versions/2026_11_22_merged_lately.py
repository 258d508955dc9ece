"""Find what went out in another's message lately, among all that ever did."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "2026_11_22_merged_lately"
down_revision = "2026_11_22_codes_by_phone"

MERGED = sa.text("state = 'merged'")


def upgrade() -> None:
    op.create_index(
        "ix_notification_merged",
        "notification",
        ["tenant_id", "promised_at"],
        unique=False,
        postgresql_where=MERGED,
    )


def downgrade() -> None:
    op.drop_index(
        "ix_notification_merged", table_name="notification", postgresql_where=MERGED
    )
