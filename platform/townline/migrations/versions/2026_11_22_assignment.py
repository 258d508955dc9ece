"""Keep who of a town looks after a ticket: a list of one's own work asks for it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from townline.migrations.security import protect

revision = "2026_11_22_assignment"
down_revision = "2026_11_22_single_sign_on"


def upgrade() -> None:
    op.create_table(
        "assignment",
        sa.Column("ticket_id", sa.Uuid(), nullable=False),
        sa.Column("account_id", sa.Uuid(), nullable=False),
        sa.Column("name", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["account_id"], ["account.id"], name=op.f("fk_assignment_account")
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "ticket_id"],
            ["ticket.tenant_id", "ticket.id"],
            name=op.f("fk_assignment_ticket"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_assignment")),
        sa.UniqueConstraint(
            "tenant_id", "ticket_id", name=op.f("uq_assignment_tenant_id_ticket_id")
        ),
    )
    op.create_index(
        "ix_assignment_account",
        "assignment",
        ["tenant_id", "account_id", "ticket_id"],
        unique=False,
    )
    protect("assignment", board=True)


def downgrade() -> None:
    op.drop_table("assignment")
