"""Keep who was added to which ticket and from where: to learn from it, and undo it."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from townline.migrations.security import protect

revision = "2026_11_22_joinings"
down_revision = "2026_11_22_own_promise"


def upgrade() -> None:
    op.create_table(
        "joining",
        sa.Column("reporter_id", sa.Uuid(), nullable=False),
        sa.Column("ticket_id", sa.Uuid(), nullable=False),
        sa.Column("category", sa.String(length=40), nullable=False),
        sa.Column("place", sa.String(), nullable=False),
        sa.Column("latitude", sa.Double(), nullable=True),
        sa.Column("longitude", sa.Double(), nullable=True),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("taken_back_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("taken_back_by", sa.String(), nullable=True),
        sa.Column("reason", sa.String(), nullable=True),
        sa.Column("moved_to", sa.Uuid(), nullable=True),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "reporter_id"],
            ["reporter.tenant_id", "reporter.id"],
            name=op.f("fk_joining_reporter"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "ticket_id"],
            ["ticket.tenant_id", "ticket.id"],
            name=op.f("fk_joining_ticket"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_joining")),
        sa.UniqueConstraint(
            "tenant_id", "reporter_id", name=op.f("uq_joining_tenant_id_reporter_id")
        ),
    )
    op.create_index("ix_joining_latest", "joining", ["tenant_id", "at"], unique=False)
    op.create_index(
        "ix_joining_ticket", "joining", ["tenant_id", "ticket_id"], unique=False
    )
    protect("joining", board=True)


def downgrade() -> None:
    op.drop_table("joining")
