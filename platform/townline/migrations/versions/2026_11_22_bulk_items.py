"""Keep what became of each ticket that somebody did the same to: done, or why not."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from townline.migrations.security import protect

revision = "2026_11_22_bulk_items"
down_revision = "2026_11_22_bulk_acts"


def upgrade() -> None:
    op.create_table(
        "bulk_item",
        sa.Column("bulk_id", sa.Uuid(), nullable=False),
        sa.Column("ticket_id", sa.Uuid(), nullable=False),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("refused", sa.String(), nullable=True),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "bulk_id"],
            ["bulk_act.tenant_id", "bulk_act.id"],
            name=op.f("fk_bulk_item_bulk_act"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "ticket_id"],
            ["ticket.tenant_id", "ticket.id"],
            name=op.f("fk_bulk_item_ticket"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_bulk_item")),
    )
    op.create_index("ix_bulk_item_act", "bulk_item", ["tenant_id", "bulk_id", "id"])
    op.create_index(
        "ix_bulk_item_waiting",
        "bulk_item",
        ["tenant_id", "id"],
        postgresql_where=sa.text("done_at is null"),
    )
    protect("bulk_item")


def downgrade() -> None:
    op.drop_table("bulk_item")
