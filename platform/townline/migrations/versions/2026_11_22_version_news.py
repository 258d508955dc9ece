"""Keep which agents have read what a version changes for them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from townline.migrations.security import append_only, protect

revision = "2026_11_22_version_news"
down_revision = "2026_11_22_operator_staff"


def upgrade() -> None:
    op.create_table(
        "version_news",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("version_id", sa.Uuid(), nullable=False),
        sa.Column("before_id", sa.Uuid(), nullable=False),
        sa.Column("touches", sa.String(), nullable=False),
        sa.Column("published_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        *(
            sa.ForeignKeyConstraint(
                ["tenant_id", f"{name}_id"],
                ["town_version.tenant_id", "town_version.id"],
                name=f"fk_version_news_{name}",
            )
            for name in ("version", "before")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_version_news")),
        sa.UniqueConstraint("tenant_id", "number", name="uq_version_news_number"),
    )
    op.create_table(
        "version_receipt",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("reader", sa.String(), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_version_receipt")),
        sa.UniqueConstraint(
            "tenant_id", "number", "account_id", name="uq_version_receipt_reader"
        ),
    )
    protect("version_news", "version_receipt", board=True)
    append_only("version_receipt")


def downgrade() -> None:
    op.drop_table("version_receipt")
    op.drop_table("version_news")
