"""Keep what each town has taught about which of its calls mean the same thing."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from townline.migrations.security import protect

revision = "2026_11_22_learnt_likeness"
down_revision = "2026_11_22_joinings"


def upgrade() -> None:
    op.create_table(
        "learnt_likeness",
        sa.Column("learnt_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("calls", sa.Integer(), nullable=False),
        sa.Column("pairs", sa.Integer(), nullable=False),
        sa.Column("model", JSONB(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_learnt_likeness")),
        sa.UniqueConstraint("tenant_id", name=op.f("uq_learnt_likeness_tenant_id")),
    )
    protect("learnt_likeness")


def downgrade() -> None:
    op.drop_table("learnt_likeness")
