"""Keep which articles were told on a call, and whether they answered it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import ARRAY

from townline.migrations.security import protect

revision = "2026_11_22_article_use"
down_revision = "2026_11_22_instruction_receipts"


def upgrade() -> None:
    op.create_table(
        "article_use",
        sa.Column("call_id", sa.Uuid(), nullable=False),
        sa.Column("article", sa.String(length=40), nullable=False),
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("topics", ARRAY(sa.String(length=40)), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("answered", sa.Boolean(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "call_id"],
            ["call.tenant_id", "call.id"],
            name=op.f("fk_article_use_call"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_article_use")),
        sa.UniqueConstraint(
            "tenant_id",
            "call_id",
            "article",
            name=op.f("uq_article_use_tenant_id_call_id_article"),
        ),
    )
    op.create_index("ix_article_use_at", "article_use", ["tenant_id", "at"])
    protect("article_use")


def downgrade() -> None:
    op.drop_index("ix_article_use_at", table_name="article_use")
    op.drop_table("article_use")
