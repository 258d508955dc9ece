"""Keep what was closed too early, and which tickets turned out to be one."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

from townline.migrations.security import protect

revision = "2026_11_22_second_thoughts"
down_revision = "2026_11_22_words_read"


def upgrade() -> None:
    op.create_table(
        "reopening",
        sa.Column("ticket_id", sa.Uuid(), nullable=False),
        sa.Column("reason", sa.String(), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("closed_as", sa.String(length=16), nullable=False),
        sa.Column("closing_note", sa.String(), nullable=False),
        sa.Column("closed_by", sa.String(), nullable=False),
        sa.Column("closed_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("promised_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("promise", sa.String(), nullable=False),
        sa.Column("reached", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "ticket_id"],
            ["ticket.tenant_id", "ticket.id"],
            name=op.f("fk_reopening_ticket"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_reopening")),
    )
    op.create_index(
        "ix_reopening_ticket", "reopening", ["tenant_id", "ticket_id", "at"]
    )
    op.create_table(
        "merging",
        sa.Column("ticket_id", sa.Uuid(), nullable=False),
        sa.Column("into_id", sa.Uuid(), nullable=False),
        sa.Column("reporters", postgresql.JSONB(astext_type=sa.Text()), nullable=False),
        sa.Column("by", sa.String(), nullable=False),
        sa.Column("at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.ForeignKeyConstraint(
            ["tenant_id", "into_id"],
            ["ticket.tenant_id", "ticket.id"],
            name=op.f("fk_merging_into"),
        ),
        sa.ForeignKeyConstraint(
            ["tenant_id", "ticket_id"],
            ["ticket.tenant_id", "ticket.id"],
            name=op.f("fk_merging_ticket"),
        ),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_merging")),
        sa.UniqueConstraint(
            "tenant_id", "ticket_id", name=op.f("uq_merging_tenant_id_ticket_id")
        ),
    )
    op.create_index("ix_merging_into", "merging", ["tenant_id", "into_id"])
    protect("reopening", "merging", board=True)


def downgrade() -> None:
    op.drop_table("merging")
    op.drop_table("reopening")
