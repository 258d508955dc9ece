"""Keep who stopped an act on many tickets, and which of them it left as they were."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from townline.migrations.security import protect

revision = "2026_11_23_b_bulk_stops"
down_revision = "2026_11_23_a_rolled_hours"

WAITING = "ix_bulk_item_waiting", "bulk_item", ["tenant_id", "id"]


def upgrade() -> None:
    op.create_table(
        "bulk_stop",
        sa.Column("bulk_id", sa.Uuid(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "bulk_id"],
            ["bulk_act.tenant_id", "bulk_act.id"],
            name=op.f("fk_bulk_stop_bulk_act"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_bulk_stop")),
        sa.UniqueConstraint(
            "tenant_id", "bulk_id", name=op.f("uq_bulk_stop_tenant_id_bulk_id")
        ),
    )
    protect("bulk_stop")
    op.add_column(
        "bulk_item", sa.Column("left_at", sa.DateTime(timezone=True), nullable=True)
    )
    _wait_for("done_at is null and left_at is null")


def downgrade() -> None:
    # Whoever does not know of a stop would go on with what it left.
    op.execute("update bulk_item set done_at = left_at where left_at is not null")
    _wait_for("done_at is null")
    op.drop_column("bulk_item", "left_at")
    op.drop_table("bulk_stop")


def _wait_for(condition: str) -> None:
    op.drop_index("ix_bulk_item_waiting", "bulk_item")
    op.create_index(*WAITING, postgresql_where=sa.text(condition))
