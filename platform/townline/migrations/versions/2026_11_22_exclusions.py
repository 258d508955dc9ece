"""Keep which calls are tests or mystery calls: no measure counts them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from townline.migrations.security import protect

revision = "2026_11_22_exclusions"
down_revision = "2026_11_22_lapses"


def upgrade() -> None:
    op.create_table(
        "call_exclusion",
        sa.Column("call_id", sa.Uuid(), nullable=False),
        sa.Column("why", sa.String(length=8), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "call_id"],
            ["call.tenant_id", "call.id"],
            name=op.f("fk_call_exclusion_call"),
        ),
        sa.UniqueConstraint(
            "tenant_id", "call_id", name=op.f("uq_call_exclusion_tenant_id_call_id")
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_call_exclusion")),
    )
    protect("call_exclusion", board=True)


def downgrade() -> None:
    op.drop_table("call_exclusion")
