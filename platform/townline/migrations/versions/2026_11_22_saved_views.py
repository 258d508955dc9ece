"""Keep the lists that people come back to: their own, and those of the town."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from townline.migrations.security import protect

revision = "2026_11_22_saved_views"
down_revision = "2026_11_22_destination_codes"


def upgrade() -> None:
    op.create_table(
        "saved_view",
        sa.Column("owner", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(60), nullable=False),
        sa.Column("asked", JSONB(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_saved_view")),
        sa.UniqueConstraint(
            "tenant_id",
            "owner",
            "name",
            name=op.f("uq_saved_view_tenant_id_owner_name"),
        ),
    )
    protect("saved_view")


def downgrade() -> None:
    op.drop_table("saved_view")
