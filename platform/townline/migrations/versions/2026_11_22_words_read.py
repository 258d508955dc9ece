"""Keep how far back a town's older tickets have given their words to the search."""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op

from townline.migrations.security import protect

revision = "2026_11_22_words_read"
down_revision = "2026_11_22_ticket_words"


def upgrade() -> None:
    op.create_table(
        "words_read",
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ticket_id", sa.Uuid(), nullable=False),
        sa.Column("finished_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_words_read")),
    )
    protect("words_read")


def downgrade() -> None:
    op.drop_table("words_read")
