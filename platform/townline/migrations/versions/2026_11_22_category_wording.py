"""Keep what a town's tickets teach of its callers' words, and how far it was read.

The key of a row is the number that some words share: no word can be read back.
"""

from __future__ import annotations

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects.postgresql import JSONB

from townline.migrations.security import protect

revision = "2026_11_22_category_wording"
down_revision = "2026_11_22_known_events"


def upgrade() -> None:
    op.create_table(
        "category_wording",
        sa.Column("leanings", JSONB(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_category_wording")),
    )
    op.create_table(
        "category_lesson",
        sa.Column("opened_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("ticket_id", sa.Uuid(), nullable=False),
        sa.Column("tickets", JSONB(), nullable=False),
        sa.Column("tenant_id", sa.Uuid(), nullable=False),
        sa.Column("id", sa.Uuid(), nullable=False),
        sa.PrimaryKeyConstraint("tenant_id", "id", name=op.f("pk_category_lesson")),
    )
    protect("category_wording", "category_lesson")


def downgrade() -> None:
    op.drop_table("category_lesson")
    op.drop_table("category_wording")
