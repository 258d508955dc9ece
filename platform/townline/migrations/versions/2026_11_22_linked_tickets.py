"""Link the tickets of one call: the caller is given the first one's number for all."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

revision = "2026_11_22_linked_tickets"
down_revision = "2026_11_22_call_aids"


def upgrade() -> None:
    op.add_column("ticket", sa.Column("parent_id", sa.Uuid(), nullable=True))
    op.create_foreign_key(
        op.f("fk_ticket_ticket"),
        "ticket",
        "ticket",
        ["tenant_id", "parent_id"],
        ["tenant_id", "id"],
    )
    op.create_index(
        "ix_ticket_parent",
        "ticket",
        ["tenant_id", "parent_id"],
        unique=False,
        postgresql_where=sa.text("parent_id is not null"),
    )


def downgrade() -> None:
    op.drop_index(
        "ix_ticket_parent",
        table_name="ticket",
        postgresql_where=sa.text("parent_id is not null"),
    )
    op.drop_constraint(op.f("fk_ticket_ticket"), "ticket", type_="foreignkey")
    op.drop_column("ticket", "parent_id")
