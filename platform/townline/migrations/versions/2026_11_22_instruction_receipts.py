"""Keep who has read which words of a temporary instruction; nobody unreads them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from townline.migrations.security import append_only, protect

revision = "2026_11_22_instruction_receipts"
down_revision = "2026_11_22_category_wording"


def upgrade() -> None:
    op.create_table(
        "instruction_receipt",
        sa.Column("instruction", sa.String(length=40), nullable=False),
        sa.Column("digest", sa.String(length=32), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("reader", sa.String(), nullable=False),
        sa.Column("read_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_instruction_receipt")),
        sa.UniqueConstraint(
            "tenant_id",
            "instruction",
            "digest",
            "account_id",
            name="uq_instruction_receipt_reader",
        ),
    )
    protect("instruction_receipt", board=True)
    append_only("instruction_receipt")


def downgrade() -> None:
    op.drop_table("instruction_receipt")
