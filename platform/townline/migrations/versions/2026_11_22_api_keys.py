"""Let a town's programs in by a key, with scopes and an end; its digest is kept."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from townline.migrations.security import protect

revision = "2026_11_22_api_keys"
down_revision = "2026_11_22_assignment"


def upgrade() -> None:
    instant = sa.DateTime(timezone=True)
    op.create_table(
        "api_key",
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("ending", sa.String(length=4), nullable=False),
        sa.Column("scopes", postgresql.JSONB(), nullable=False),
        sa.Column("departments", postgresql.JSONB(), nullable=True),
        sa.Column("made_by", sa.String(), nullable=False),
        sa.Column("made_at", instant, nullable=False),
        sa.Column("expires_at", instant, nullable=False),
        sa.Column("last_used_at", instant, nullable=True),
        sa.Column("revoked_at", instant, nullable=True),
        sa.Column("revoked_by", sa.String(), nullable=True),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_api_key")),
        sa.UniqueConstraint(
            "tenant_id", "digest", name=op.f("uq_api_key_tenant_id_digest")
        ),
    )
    protect("api_key")


def downgrade() -> None:
    op.drop_table("api_key")
