"""Keep the towns, their versions and their lines."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from townline.migrations.security import append_only, protect

revision = "2026_11_21_tenants"
down_revision = "2026_11_21_kernel"


def upgrade() -> None:
    op.create_table(
        "tenant",
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.Column("slug", sa.String(length=40), nullable=False),
        sa.Column("prefix", sa.String(length=3), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_tenant")),
        sa.UniqueConstraint("prefix", name=op.f("uq_tenant_prefix")),
        sa.UniqueConstraint("slug", name=op.f("uq_tenant_slug")),
    )
    op.create_table(
        "town_version",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("body", sa.String(), nullable=False),
        sa.Column("digest", sa.LargeBinary(), nullable=False),
        sa.Column("author", sa.String(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_town_version")),
        sa.UniqueConstraint(
            "tenant_id", "number", name=op.f("uq_town_version_tenant_id_number")
        ),
    )
    op.create_table(
        "line",
        sa.Column("number", sa.String(length=16), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id"], ["tenant.id"], name=op.f("fk_line_tenant")
        ),
        sa.PrimaryKeyConstraint("number", name=op.f("pk_line")),
    )
    op.create_index(op.f("ix_line_tenant_id"), "line", ["tenant_id"], unique=False)
    protect("town_version")
    append_only("town_version")


def downgrade() -> None:
    op.drop_index(op.f("ix_line_tenant_id"), table_name="line")
    op.drop_table("line")
    op.drop_table("town_version")
    op.drop_table("tenant")
