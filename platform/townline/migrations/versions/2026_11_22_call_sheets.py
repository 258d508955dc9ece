"""Keep the numbers that were printed on paper, so that each is entered once."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from townline.migrations.security import protect

revision = "2026_11_22_call_sheets"
down_revision = "2026_11_22_caller_flags"


def upgrade() -> None:
    op.create_table(
        "call_sheet",
        sa.Column("number", sa.Integer(), nullable=False),
        sa.Column("printed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("printed_by", sa.String(), nullable=False),
        sa.Column("called_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("entered_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("entered_by", sa.String(), nullable=True),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_call_sheet")),
        sa.UniqueConstraint(
            "tenant_id", "number", name=op.f("uq_call_sheet_tenant_id_number")
        ),
    )
    protect("call_sheet")


def downgrade() -> None:
    op.drop_table("call_sheet")
