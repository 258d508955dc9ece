"""Keep the words of tickets: PostgreSQL's own text search uses no index under row
security, and a town with years of tickets looks for one among them."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from townline.migrations.security import protect

revision = "2026_11_22_ticket_words"
down_revision = "2026_11_22_identity_looks"


def upgrade() -> None:
    op.create_table(
        "ticket_word",
        sa.Column("word", sa.String(40, collation="C"), nullable=False),
        sa.Column("ticket_id", sa.Uuid(), nullable=False),
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("audience", sa.String(8), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_ticket_word")),
    )
    op.create_index(
        "ix_ticket_word_newest",
        "ticket_word",
        ["tenant_id", "word", "opened_at", "ticket_id", "audience"],
        unique=False,
    )
    protect("ticket_word")


def downgrade() -> None:
    op.drop_table("ticket_word")
