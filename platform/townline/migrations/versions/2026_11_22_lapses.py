"""Keep who took a call and did not lift, so that the queue shows it went back."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from townline.migrations.security import protect

revision = "2026_11_22_lapses"
down_revision = "2026_11_22_call_legs"


def upgrade() -> None:
    op.create_table(
        "lapse",
        sa.Column("call_id", sa.Uuid(), nullable=False),
        sa.Column("agent_id", sa.Uuid(), nullable=True),
        sa.Column("agent", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "call_id"],
            ["call.tenant_id", "call.id"],
            name=op.f("fk_lapse_call"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_lapse")),
    )
    op.create_index("ix_lapse_call", "lapse", ["tenant_id", "call_id"])
    protect("lapse", board=True)


def downgrade() -> None:
    op.drop_index("ix_lapse_call", table_name="lapse")
    op.drop_table("lapse")
