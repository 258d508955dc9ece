"""Keep each ticket's cell of the grid, so that an index finds what is near a place."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "2026_11_22_ticket_cell"
down_revision = "2026_11_22_invitations"


def upgrade() -> None:
    op.add_column("ticket", sa.Column("cell", sa.BigInteger(), nullable=True))
    op.create_index(
        "ix_ticket_near",
        "ticket",
        ["tenant_id", "cell", "opened_at", "category"],
        unique=False,
    )


def downgrade() -> None:
    op.drop_index("ix_ticket_near", table_name="ticket")
    op.drop_column("ticket", "cell")
