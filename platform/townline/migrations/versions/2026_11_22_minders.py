"""Keep what an agent or the desk wants to be reminded of, past any sign-out."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from townline.migrations.security import protect

revision = "2026_11_22_minders"
down_revision = "2026_11_22_handovers"


def upgrade() -> None:
    op.create_table(
        "minder",
        sa.Column("about", sa.String(length=6), nullable=False),
        sa.Column("about_id", sa.Uuid(), nullable=True),
        sa.Column("words", sa.String(), nullable=False),
        sa.Column("due_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("owner_id", sa.Uuid(), nullable=True),
        sa.Column("owner", sa.String(), nullable=True),
        sa.Column("set_by", sa.String(), nullable=False),
        sa.Column("set_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("snoozed", sa.Integer(), nullable=False),
        sa.Column("overdue_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("done_by", sa.String(), nullable=True),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_minder")),
    )
    op.create_index(
        "ix_minder_open",
        "minder",
        ["tenant_id", "due_at"],
        unique=False,
        postgresql_where=sa.text("done_at is null"),
    )
    protect("minder", board=True)


def downgrade() -> None:
    op.drop_index(
        "ix_minder_open",
        table_name="minder",
        postgresql_where=sa.text("done_at is null"),
    )
    op.drop_table("minder")
