"""Keep what somebody asked to be done to many tickets: a worker does it, one by one."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from townline.migrations.security import protect

revision = "2026_11_22_bulk_acts"
down_revision = "2026_11_22_saved_views"


def upgrade() -> None:
    op.create_table(
        "bulk_act",
        sa.Column("act", sa.String(8), nullable=False),
        sa.Column("asked", JSONB(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_bulk_act")),
    )
    protect("bulk_act")


def downgrade() -> None:
    op.drop_table("bulk_act")
