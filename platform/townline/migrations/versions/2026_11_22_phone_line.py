"""Keep what kind of line a number is: a landline is called, never texted."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from townline.migrations.security import protect

revision = "2026_11_22_phone_line"
down_revision = "2026_11_22_circuit"


def upgrade() -> None:
    op.create_table(
        "phone_line",
        sa.Column("number", sa.String(), nullable=False),
        sa.Column("line_type", sa.String(length=20), nullable=False),
        sa.Column("good_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("look_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_phone_line")),
        sa.UniqueConstraint(
            "tenant_id", "number", name=op.f("uq_phone_line_tenant_id_number")
        ),
    )
    op.create_index(
        "ix_phone_line_to_look_up",
        "phone_line",
        ["tenant_id", "look_at"],
        unique=False,
        postgresql_where=sa.text("look_at is not null"),
    )
    protect("phone_line")


def downgrade() -> None:
    op.drop_table("phone_line")
